package main

import (
	"fmt"
	"net/url"
	"strings"
)

// method says how the numbers came about.
func (r report) method(out *strings.Builder, s scaleReport) {
	p := s.Plan
	fmt.Fprintf(out, `## How it was measured

Durations are of the largest scale. Noise: the machine also runs wrk, and the same work differs by some percent from run to run.

- import: %[1]sconflictmap generate --events N --seed 1 > events.csv%[1]s, %[1]sconflictmap import --db map.db events.csv%[1]s, once.
  Memory is the most that the process had resident (getrusage), pages of the store that the system had mapped among it; its own was
  looked at ten times a second. The limit is the time of reading the file with encoding/csv and doing nothing else. The records'
  bytes are those of the GeoJSON that stands in the store, of all collections.
- start: %[1]sconflictmap serve --db map.db --addr 127.0.0.1:0%[1]s with its log to a file; from exec to the first 200 of
  /readyz, the median of %[2]d; and once after the index saved beside the store was taken away. The files were in the system's cache.
- memory: RssAnon and RssFile of /proc/PID/status.
- against the limit: %[1]swrk -t1 -c%[3]d -d%.0[4]fs%[1]s with random paths out of a list, the server and the limit in turns, %[2]d rounds, medians.
  The limit is a process that answers the same bytes under the same paths from memory, with echo. No compression. Percentiles are wrk's,
  which count a slow answer more often than it came.
- by one reader: %[1]swrk -t1 -c1 -d%.0[5]fs%[1]s with random paths out of a list, each answer's time taken in wrk and the percentiles of all of them.
- mixed load: %[1]swrk -t1 -c%[3]d -d%.0[6]fs%[1]s over all works that are there.
- import under readers: %[7]d requests a second over %[8]d connections, each timed from when it was due; for %.0[9]f s by themselves,
  then during an import of further rows in the server's process.

The filters of the counts, at this scale:

`, "`", p.starts, crowd, p.round.Seconds(), p.single.Seconds(), p.mixed.Seconds(), readersPerSecond, readerConnections, p.steady.Seconds())
	for _, f := range s.Filters {
		fmt.Fprintf(out, "- `%s`\n", readable(f))
	}
}

// readable is a query as a person reads it.
func readable(query string) string {
	if query == "" {
		return "(none)"
	}
	text, err := url.QueryUnescape(query)
	if err != nil {
		return query
	}
	return text
}
