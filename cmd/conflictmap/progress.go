package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/schollz/progressbar/v3" // a bar with rate and time left
	"golang.org/x/term"                 // whether there is anyone to see it
)

// progress shows how far an import is: a bar on a terminal, lines elsewhere.
type progress struct {
	source  *exchange.Source
	out     io.Writer
	bar     *progressbar.ProgressBar
	started time.Time
	told    time.Time
}

// lineEvery is how often a line is written where there is no terminal.
const lineEvery = 5 * time.Second

func newProgress(p program, source *exchange.Source) *progress {
	g := &progress{source: source, out: p.stderr, started: time.Now(), told: time.Now()}
	if f, isFile := p.stderr.(*os.File); isFile && term.IsTerminal(int(f.Fd())) {
		size := source.Size
		if size == 0 {
			size = -1 // not known: a spinner
		}
		g.bar = progressbar.NewOptions64(size, progressbar.OptionSetWriter(p.stderr),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription(source.Name))
	}
	return g
}

func (g *progress) update(r exchange.Report) {
	rate := float64(r.Rows) / max(time.Since(g.started).Seconds(), 0.001)
	if g.bar != nil {
		g.bar.Describe(fmt.Sprintf("%s: %d rows, %.0f rows/s", g.source.Name, r.Rows, rate))
		_ = g.bar.Set64(g.source.Progress()) // a picture that cannot be drawn stops no import
		return
	}
	if time.Since(g.told) >= lineEvery {
		g.told = time.Now()
		fmt.Fprintf(g.out, "%s: %d rows, %.0f rows/s%s\n", g.source.Name, r.Rows, rate, g.left())
	}
}

// left tells the time that the rest of the file will take.
func (g *progress) left() string {
	done, size := g.source.Progress(), g.source.Size
	if done == 0 || size == 0 {
		return ""
	}
	left := time.Duration(float64(time.Since(g.started)) * float64(size-done) / float64(done))
	return fmt.Sprintf(", %d %%, %s left", done*100/size, left.Round(time.Second))
}

func (g *progress) finish() {
	if g.bar != nil {
		_ = g.bar.Finish()
	}
}
