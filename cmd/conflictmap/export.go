package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/exchange"
	"github.com/conflictmap/conflictmap/geo"
)

type exportCommand struct {
	DB         string `name:"db" default:"conflictmap.db" help:"The store. No server may have it open: of a running server ask .../items?f=FORMAT." placeholder:"FILE"`
	Format     string `enum:"geojson,geojsonl,csv,kml,geoparquet" required:"" help:"Format of the export: ${enum}." placeholder:"NAME"`
	Collection string `enum:"events,places,areas,actors,datasets" default:"events" help:"Which records: ${enum}." placeholder:"NAME"`

	BBox          string `name:"bbox" help:"West,south,east,north in degrees." placeholder:"BOX"`
	Datetime      string `help:"A date, a time, or start/end with .. for an open end." placeholder:"TIME"`
	Type          string `help:"Event types, several by comma." placeholder:"TYPES"`
	Actor         string `help:"Ids of actors; their members count." placeholder:"IDS"`
	Place         string `help:"Ids of places." placeholder:"IDS"`
	Area          string `help:"Ids of areas; everything inside counts." placeholder:"IDS"`
	Dataset       string `help:"Ids of datasets." placeholder:"IDS"`
	PartOf        string `name:"part-of" help:"Ids of operations or campaigns." placeholder:"IDS"`
	Status        string `help:"How far the record can be relied on." placeholder:"CODES"`
	MinFatalities string `help:"At least so many deaths known." placeholder:"N"`
	Q             string `name:"q" help:"Words." placeholder:"WORDS"`
	Filter        string `help:"A CQL2 expression over the collection's queryables, as \"fatalities.best > 5 AND title LIKE '%Lashio%'\"." placeholder:"CQL2"`
	FilterLang    string `help:"What the expression is written in: cql2-text (the default) or cql2-json." placeholder:"NAME"`
}

// Run writes the selection to standard output.
func (cmd *exportCommand) Run(_ context.Context, p program) (err error) {
	kind, err := geo.ParseKind(cmd.Collection)
	if err != nil {
		return err
	}
	format, err := exchange.OutFormatOf(cmd.Format, kind)
	if err != nil {
		return err
	}
	values := url.Values{}
	for name, value := range map[string]string{"bbox": cmd.BBox, "datetime": cmd.Datetime, "type": cmd.Type, "actor": cmd.Actor, "place": cmd.Place, "area": cmd.Area,
		"dataset": cmd.Dataset, "part_of": cmd.PartOf, "status": cmd.Status, "min_fatalities": cmd.MinFatalities, "q": cmd.Q,
		"filter": cmd.Filter, "filter-lang": cmd.FilterLang} {
		if value != "" {
			values.Set(name, value)
		}
	}
	filter, faults := geo.ParseFilter(kind, values)
	if err := geo.Reject("the filter cannot be used", faults); err != nil {
		return err
	}
	catalog, err := data.OpenExisting(cmd.DB)
	if errors.Is(err, data.ErrLocked) {
		return fmt.Errorf("%w: ask the server for .../collections/%s/items?f=%s, or stop it", err, kind, format.Name)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, catalog.Close()) }()
	view := catalog.View()
	selection, err := view.Select(kind, filter)
	if err != nil {
		return err
	}
	return format.Write(p.stdout, &exchange.Export{View: view, Kind: kind, Selection: selection, Title: "conflictmap", Query: filter.Values(), Time: time.Now()})
}
