package server

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server/openapi"
)

func clustersBody(d *describer, _ geo.Kind, _ format) *openapi.Schema {
	return d.component("Clusters", func() *openapi.Schema {
		members := openapi.Ordered[*openapi.Schema]{{Name: "type", Value: constant("FeatureCollection")}}
		members = append(members, counted()...)
		members.Add("numberReturned", whole("How many features the answer has."))
		members.Add("nowhere", openapi.Object(tallyMembers()).Means("The events that are nowhere, and so in every box."))
		members.Add("attribution", attributionSchema())
		members.Add("features", openapi.Array(&openapi.Schema{OneOf: []*openapi.Schema{d.cluster(), d.outline(), d.feature(geo.Events)}}))
		return openapi.Object(members)
	})
}

// tallyMembers are counts over events.
func tallyMembers() openapi.Ordered[*openapi.Schema] {
	types := openapi.Object(nil).Means("How many events there are of each type that there is.")
	for _, t := range geo.EventTypes() {
		types.Properties.Add(string(t), whole(""))
	}
	sum := func(about string) *openapi.Schema { return whole(about + " Null: nothing of it is known.").OrNull() }
	deaths := openapi.Object(openapi.Ordered[*openapi.Schema]{
		{Name: "best", Value: sum("The sum of the best estimates.")}, {Name: "low", Value: sum("The sum of the low estimates.")},
		{Name: "high", Value: sum("The sum of the high estimates.")}, {Name: "unknown", Value: whole("How many events have no estimate.")}})
	return openapi.Ordered[*openapi.Schema]{
		{Name: "count", Value: whole("How many events.")}, {Name: "types", Value: types}, {Name: "incidents", Value: whole("How many incidents the events stand for.")},
		{Name: "fatalities", Value: deaths.Means("Sums of the deaths that are known.")}, {Name: "coarse", Value: whole("How many events are placed worse than near.")}}
}

func boxSchema() *openapi.Schema {
	s := openapi.Array(&openapi.Schema{Type: "number"}).Means("West, south, east, north in degrees; west greater than east crosses the 180th meridian.")
	s.MinItems, s.MaxItems = 4, 4
	return s
}

func (d *describer) cluster() *openapi.Schema {
	return d.component("Cluster", func() *openapi.Schema {
		properties := openapi.Ordered[*openapi.Schema]{{Name: "cluster", Value: &openapi.Schema{Type: "boolean", Description: "True."}}}
		properties = append(properties, tallyMembers()...)
		properties.Add("same_point", &openapi.Schema{Type: "boolean", Description: "Whether all of its events are at one point."})
		d.geometries()
		return openapi.Object(openapi.Ordered[*openapi.Schema]{{Name: "type", Value: constant("Feature")},
			{Name: "id", Value: &openapi.Schema{Type: "string", Pattern: "^cell:", Description: "Names the cell, the same in every answer: cell:BITS:X:Y."}},
			{Name: "bbox", Value: boxSchema()}, {Name: "geometry", Value: openapi.Refer("Point")}, {Name: "properties", Value: openapi.Object(properties)}})
	})
}

func (d *describer) outline() *openapi.Schema {
	return d.component("AreaOutline", func() *openapi.Schema {
		address := text("Where the area is.")
		address.Format = geo.URIFormat
		properties := openapi.Ordered[*openapi.Schema]{{Name: "area", Value: text("The area's id.")}, {Name: "href", Value: address}}
		properties = append(properties, tallyMembers()...)
		return openapi.Object(openapi.Ordered[*openapi.Schema]{{Name: "type", Value: constant("Feature")},
			{Name: "id", Value: &openapi.Schema{Type: "string", Pattern: "^area:"}}, {Name: "bbox", Value: boxSchema()},
			{Name: "geometry", Value: &openapi.Schema{Type: "object", Nullable: true, Description: "Null: the outline, which may be large, stands with the area."}},
			{Name: "properties", Value: openapi.Object(properties)}}, "bbox").Means("The events that are tied to an area, and not to a place.")
	})
}

func histogramBody(d *describer, _ geo.Kind, _ format) *openapi.Schema {
	return d.component("Histogram", func() *openapi.Schema {
		counts := func() openapi.Ordered[*openapi.Schema] {
			return openapi.Ordered[*openapi.Schema]{{Name: "count", Value: whole("How many events.")},
				{Name: "by", Value: openapi.Map(whole("")).Means("How many of them there are of each value that there is. Only where the parameter by asks for it.")}}
		}
		day := func(about string) *openapi.Schema { s := text(about); s.Format = "date"; return s }
		bin := append(openapi.Ordered[*openapi.Schema]{{Name: "start", Value: day("The first day.")}, {Name: "end", Value: day("The last day.")}}, counts()...)
		members := counted()
		members.Add("interval", &openapi.Schema{Type: "string", Enum: texts(index.Intervals()[1:]), Description: "Of the bins: auto is answered with the one that it found."})
		members.Add("counting", &openapi.Schema{Type: "string", Enum: texts(index.Countings())})
		members.Add("by", &openapi.Schema{Type: "string", Enum: texts(index.Groupings())})
		members.Add("bins", openapi.Array(openapi.Object(bin, "by")))
		members.Add("undated", openapi.Object(counts(), "by").Means("The events that may have been at any time."))
		return openapi.Object(members, "by")
	})
}

func facetsBody(d *describer, _ geo.Kind, _ format) *openapi.Schema {
	return d.component("Facets", func() *openapi.Schema {
		value := openapi.Object(openapi.Ordered[*openapi.Schema]{{Name: "value", Value: text("A code or an id: a value of the parameter of this name.")},
			{Name: "count", Value: whole("How many events the filter would match with it.")},
			{Name: "names", Value: openapi.Map(&openapi.Schema{Type: "string"}).Means("Of the record that the id names, by language.")}}, "names")
		facet := openapi.Object(openapi.Ordered[*openapi.Schema]{{Name: "values", Value: openapi.Array(value)}, {Name: "more", Value: whole("How many further values there are.")}})
		var fields openapi.Ordered[*openapi.Schema]
		for _, name := range index.FacetFields() {
			fields.Add(name, facet)
		}
		return openapi.Object(append(counted(), openapi.Member[*openapi.Schema]{Name: "facets", Value: openapi.Object(fields)}))
	})
}
