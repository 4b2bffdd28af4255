package main

import (
	"fmt"
	"strings"
	"time"
)

// report is what a run found.
type report struct {
	Machine machine
	Scales  []scaleReport
	Took    time.Duration
}

// scaleReport is what was measured with one number of events.
type scaleReport struct {
	Events   int
	Plan     plan
	Measures []measure
	Notes    []string
	Filters  []string
}

func (s *scaleReport) add(m ...measure) { s.Measures = append(s.Measures, m...) }

// markdown writes the whole report.
func (r report) markdown() string {
	var out strings.Builder
	out.WriteString("<!-- Written whole by cmd/bench (make bench): a change made here is lost. -->\n# Benchmarks\n\n")
	r.head(&out)
	for _, s := range r.Scales {
		s.table(&out)
	}
	r.growth(&out)
	if len(r.Scales) > 0 {
		r.method(&out, r.Scales[len(r.Scales)-1])
	}
	return out.String()
}

func (r report) head(out *strings.Builder) {
	m := r.Machine
	kept, holds := 0, 0
	for _, s := range r.Scales {
		for _, each := range s.Measures {
			if each.Hold != nil {
				holds++
				if each.met() {
					kept++
				}
			}
		}
	}
	fmt.Fprintf(out, "%d of %d holds are kept. `make bench` took %s on %s, commit `%s`.\n\n", kept, holds, r.Took.Round(time.Second), m.Time.Format("2006-01-02 15:04 UTC"), m.Commit)
	tableRow(out, "machine", "")
	tableRow(out, "---", "---")
	tableRow(out, "processor", fmt.Sprintf("%s, %d cores", m.Processor, m.Cores))
	tableRow(out, "memory", m.Memory)
	tableRow(out, "system", "Linux "+m.Kernel)
	tableRow(out, "busy before", m.Load+" (load average of a minute)")
	tableRow(out, "built with", m.Go)
	tableRow(out, "asked with", "wrk "+m.Wrk+", on the same machine")
	out.WriteString("\n")
}

func tableRow(out *strings.Builder, cells ...string) {
	fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
}

func (s scaleReport) table(out *strings.Builder) {
	fmt.Fprintf(out, "## %s events\n\n", thousands(float64(s.Events)))
	tableRow(out, "work", "measured", "value", "to hold", "holds")
	tableRow(out, "---", "---", "---:", "---", "---")
	work := ""
	for _, m := range s.Measures {
		bound, kept := m.held()
		name := m.Work
		if name == work {
			name = ""
		}
		work = m.Work
		tableRow(out, name, m.What, m.value(), bound, kept)
	}
	out.WriteString("\n")
	for _, n := range s.Notes {
		fmt.Fprintf(out, "- %s\n", n)
	}
	if len(s.Notes) > 0 {
		out.WriteString("\n")
	}
}

// growth sets the scales beside each other: a row for each measure that may grow.
func (r report) growth(out *strings.Builder) {
	if len(r.Scales) < 2 {
		return
	}
	out.WriteString("## Growth\n\n")
	head, line := []string{"work", "measured"}, []string{"---", "---"}
	for _, s := range r.Scales {
		head, line = append(head, thousands(float64(s.Events))), append(line, "---:")
	}
	tableRow(out, head...)
	tableRow(out, line...)
	work := ""
	for _, of := range r.measures() {
		cells := []string{of[0], of[1]}
		if of[0] == work {
			cells[0] = ""
		}
		work = of[0]
		for _, s := range r.Scales {
			cells = append(cells, s.find(of[0], of[1]))
		}
		tableRow(out, cells...)
	}
	out.WriteString("\n")
}

// measures lists the names of the measures that may grow, work and what.
func (r report) measures() (list [][2]string) {
	seen := make(map[[2]string]bool)
	for _, s := range r.Scales {
		for _, m := range s.Measures {
			if name := [2]string{m.Work, m.What}; !seen[name] && !m.Detail {
				seen[name] = true
				list = append(list, name)
			}
		}
	}
	return list
}

func (s scaleReport) find(work, what string) string {
	for _, m := range s.Measures {
		if m.Work == work && m.What == what {
			return m.value()
		}
	}
	return ""
}
