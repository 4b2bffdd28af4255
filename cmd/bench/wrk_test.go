package main

import (
	"reflect"
	"strings"
	"testing"
)

const wrkSays = `Running 2s test @ http://127.0.0.1:37679
  1 threads and 1 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   160.23us  167.21us   3.07ms   98.14%
    Req/Sec     6.53k     1.12k    8.90k    70.00%
Requests/sec:   6494.36
Transfer/sec:     13.12MB
`

func TestParseWrk(t *testing.T) {
	for name, test := range map[string]struct {
		out  string
		want asked
		err  string
	}{
		"a crowd": {wrkSays + "bench: requests 12990 us 2000000 p50 147 p99 771 status 0 connect 0 read 0 write 0 timeout 0\n",
			asked{Requests: 12990, Seconds: 2, Median: 0.147, Tail: 0.771}, ""},
		"one reader: its own percentiles": {wrkSays + "bench: requests 4 us 2000000 p50 9000 p99 9000 status 0 connect 0 read 0 write 0 timeout 0\nsample: 0 1000\nsample: 7 2500\nsample: 0 3000\nsample: 7 500\n",
			asked{Requests: 4, Seconds: 2, Median: 1, Tail: 3, Times: map[int][]float64{0: {1, 3}, 7: {2.5, 0.5}}}, ""},
		"every kind of error counts": {"bench: requests 9 us 1000000 p50 1000 p99 1000 status 1 connect 2 read 3 write 4 timeout 5\nfailure: 500 /x {\"detail\": \"no\"}\n",
			asked{Requests: 9, Seconds: 1, Median: 1, Tail: 1, Errors: 15, Failure: `500 /x {"detail": "no"}`}, ""},
		"no summary":          {wrkSays, asked{}, "told no summary"},
		"a summary cut off":   {"bench: requests 9 us 1000\n", asked{}, "summary cannot be read"},
		"no time":             {"bench: requests 9 us 0 p50 1 p99 1 status 0 connect 0 read 0 write 0 timeout 0\n", asked{}, "summary cannot be read"},
		"a sample of no path": {"bench: requests 9 us 9 p50 1 p99 1 status 0 connect 0 read 0 write 0 timeout 0\nsample: nan 3\n", asked{}, "sample cannot be read"},
	} {
		got, err := parseWrk([]byte(test.out))
		if test.err != "" {
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}
