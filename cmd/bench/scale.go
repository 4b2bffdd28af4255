package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// scale measures everything with one number of events.
func (b bench) scale(ctx context.Context, events int) (s scaleReport, err error) {
	s = scaleReport{Events: events, Plan: planOf(events)}
	file, store, later := b.file("events.csv"), b.file("map.db"), b.file("later.csv")
	defer func() { err = errors.Join(err, removed(file, store, store+indexSuffix, later)) }()
	b.log.Info("import", "events", events)
	if err := b.generate(ctx, file, events, 1); err != nil {
		return s, err
	}
	c, err := b.importFile(ctx, file, store)
	if err != nil {
		return s, err
	}
	s.addImport(c)
	rows, err := readSample(file, events)
	if err != nil {
		return s, err
	}
	mix, err := b.serving(ctx, store, rows, &s)
	if err != nil {
		return s, err
	}
	b.log.Info("import under readers", "events", events)
	if err := b.generate(ctx, later, b.imported, 2); err != nil {
		return s, err
	}
	u, err := b.importUnderReaders(ctx, store, later, mix, s.Plan.steady)
	if err != nil {
		return s, err
	}
	s.addUnderReaders(u)
	return s, nil
}

// serving measures a server over the store: how soon it is ready, what it takes,
// how it answers. It returns the mixed load.
func (b bench) serving(ctx context.Context, store string, rows sample, s *scaleReport) (mix []string, err error) {
	p, base, err := b.starts(ctx, store, s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	fresh, err := p.memory()
	if err != nil {
		return nil, err
	}
	s.addMemory("after start", fresh, nil)
	k, err := rows.learn(ctx, base)
	if err != nil {
		return nil, err
	}
	s.Filters = rows.filters(k)
	list := works(rows, k)
	deep, page, err := walkTo(ctx, base, rows.Events)
	if err != nil {
		return nil, err
	}
	list = append(list, work{Name: "first page of a walk, 100 a page", Paths: []string{eventsPath + "/items?limit=100"}},
		work{Name: "page deep in a walk, 100 a page", Paths: deep})
	s.Notes = append(s.Notes, fmt.Sprintf("page deep in a walk: the deepest is page %s", thousands(float64(page))))
	var there []work
	for _, w := range list {
		if err := p.clearLog(); err != nil {
			return nil, err
		}
		present, err := b.measure(ctx, base, w, s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.Name, err)
		}
		if present {
			there = append(there, w)
		}
	}
	mix = mixOf(there)
	b.log.Info("mixed load", "events", s.Events)
	mixed, err := b.crowdAsks(ctx, base, mix, s.Plan.mixed)
	if err != nil {
		return nil, fmt.Errorf("mixed load: %w", err)
	}
	s.add(measure{Work: "mixed load", What: "answers", Value: mixed.PerSecond(), Unit: perSecond})
	loaded, err := p.memory()
	if err != nil {
		return nil, err
	}
	s.addMemory("after mixed load", loaded, holdResident)
	return mix, nil
}

// starts starts the server several times; the last one stays. The first start is
// without the index that an earlier run saved, as after a restored backup.
func (b bench) starts(ctx context.Context, store string, s *scaleReport) (p *process, base string, err error) {
	if err := removed(store + indexSuffix); err != nil {
		return nil, "", err
	}
	var taken []float64
	for i := range 1 + s.Plan.starts {
		if i > 0 {
			if err := p.stop(); err != nil {
				return nil, "", err
			}
		}
		if p, err = b.start(ctx, "serve", b.program, "serve", "--db", store, "--addr", "127.0.0.1:0"); err != nil {
			return nil, "", err
		}
		found, after, err := p.ready(ctx)
		if err != nil {
			return nil, "", errors.Join(err, p.stop())
		}
		base = found
		taken = append(taken, after.Seconds())
	}
	s.add(measure{Work: "start", What: "exec to ready", Value: median(taken[1:]), Unit: seconds, Hold: holdReady},
		measure{Work: "start", What: "without the saved index", Value: taken[0], Unit: seconds})
	return p, base, nil
}

// removed takes files away, whether they are there or not.
func removed(paths ...string) (err error) {
	for _, path := range paths {
		if gone := os.Remove(path); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// measure measures one work, if the server has it.
func (b bench) measure(ctx context.Context, base string, w work, s *scaleReport) (present bool, err error) {
	b.log.Info(w.Name, "events", s.Events)
	bytesEach, err := checkAll(ctx, base, w.Paths)
	if errors.Is(err, errAbsent) {
		s.addAbsent(w)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if w.OfLimit != nil {
		r, err := b.race(ctx, base, w.Paths, s.Plan)
		if err != nil {
			return false, err
		}
		s.addRace(w, r, bytesEach)
		return true, nil
	}
	one, err := b.oneAsks(ctx, base, w.Paths, s.Plan.single)
	if err != nil {
		return false, err
	}
	s.addSingle(w, one, bytesEach)
	return true, nil
}
