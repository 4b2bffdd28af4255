package geo

// What all kinds, or all but events, hold.

// idPattern is the most of checkID that a regular expression of every language can say.
const idPattern = `^[^\s/?#%\\"<>,]+$`

func idProperty(meaning string) Property {
	return Property{Name: "id", Title: "Id", Meaning: meaning, Type: StringProperty, Required: true, Role: "id", MinLength: 1, MaxLength: idLimit, Pattern: idPattern}
}

// reference is a property that holds the id of a record; to is "" where it may be of
// several kinds.
func reference(name, title, meaning string, to Kind) Property {
	return Property{Name: name, Title: title, Meaning: meaning, Type: StringProperty, Reference: to, MinLength: 1, MaxLength: idLimit, Pattern: idPattern}
}

func geometryProperty(types, meaning string) Property {
	return Property{Name: "geometry", Title: "Geometry", Meaning: meaning, Type: GeometryProperty, Required: true, Role: "primary-geometry", Format: types}
}

func instantProperty(name, title, meaning string) Property {
	return Property{Name: name, Title: title, Meaning: meaning, Type: StringProperty, Format: InstantFormat, Role: "primary-interval-" + name}
}

// textProperty is a text by language.
func textProperty(name, title, meaning string) Property {
	return Property{Name: name, Title: title, Meaning: meaning, Type: ObjectProperty,
		Values: &Property{Meaning: "The text in one language. Its name is the language's tag (BCP 47), as en, my or zh.", Type: StringProperty, MinLength: 1, MaxLength: textLimit}}
}

// lineProperty is a text of the source's own, in whatever language.
func lineProperty(name, title, meaning string, limit int) Property {
	return Property{Name: name, Title: title, Meaning: meaning, Type: StringProperty, MinLength: 1, MaxLength: limit}
}

func linesProperty(name, title, meaning string) Property {
	return Property{Name: name, Title: title, Meaning: meaning, Type: ArrayProperty, Unique: true,
		Items: &Property{Type: StringProperty, MinLength: 1, MaxLength: lineLimit}}
}

func linkProperty(meaning string) Property {
	p := lineProperty("link", "Link", meaning, lineLimit)
	p.Format = URIFormat
	return p
}

func codedProperty(name, title, meaning string, codes []CodedValue) Property {
	return Property{Name: name, Title: title, Meaning: meaning, Type: StringProperty, Required: true, Codes: codes}
}

func required(p Property) Property {
	p.Required = true
	if p.Values != nil {
		p.AtLeast = 1
	}
	return p
}

// nullable is always there, and null where it is not known.
func nullable(p Property) Property {
	p.Required, p.Nullable = true, true
	return p
}

func inDataset() Property {
	return required(reference("dataset_id", "Dataset", "The dataset that the record belongs to, and whose terms hold for it.", Datasets))
}

func inferredProperty() Property {
	return Property{Name: "inferred", Title: "Inferred", Meaning: "Which fields no source states, and from what each was inferred.", Type: ArrayProperty,
		Items: &Property{Title: "Inference", Type: ObjectProperty, Properties: []Property{
			required(lineProperty("field", "Field", "The property, as start or route.from.", lineLimit)),
			required(lineProperty("from", "From", "What it was inferred from.", textLimit)),
		}}}
}

func placeProperties() []Property {
	return []Property{
		idProperty("Names the place for good. Places and areas share their ids."),
		geometryProperty("point", "Where the place is, as longitude and latitude in degrees of WGS 84. A point stands for the whole settlement or site."),
		required(textProperty("names", "Names", "What the place is called.")),
		linesProperty("other_names", "Other names", "Other spellings and former names, in any language. They are found by q."),
		codedProperty("kind", "Kind", "What sort of settlement or site it is.", placeKindCodes()),
		lineProperty("pcode", "P-code", "The place code of OCHA's common operational datasets.", lineLimit),
		reference("within", "Within", "The smallest known area that the place lies in.", Areas),
		textProperty("summary", "Summary", "What there is to know of the place, in our own words."),
		inferredProperty(),
		inDataset(),
	}
}

func areaProperties() []Property {
	return []Property{
		idProperty("Names the area for good. Places and areas share their ids."),
		geometryProperty("polygon-or-multipolygon", "The area's outline, as longitude and latitude in degrees of WGS 84. Outlines may be generalised, and are no opinion on any border."),
		required(textProperty("names", "Names", "What the area is called.")),
		linesProperty("other_names", "Other names", "Other spellings and former names, in any language. They are found by q."),
		codedProperty("kind", "Kind", "What sort of area it is.", areaKindCodes()),
		lineProperty("pcode", "P-code", "The place code of OCHA's common operational datasets.", lineLimit),
		reference("within", "Within", "The next larger area that this one lies in.", Areas),
		instantProperty("start", "Start", "The first day or instant, UTC, at which the area stood. Left out: as far back as anyone asks."),
		instantProperty("end", "End", "The last day or instant, inclusive, UTC, at which the area stood. Left out: it still stands."),
		textProperty("summary", "Summary", "What there is to know of the area, in our own words."),
		inferredProperty(),
		inDataset(),
	}
}

func actorProperties() []Property {
	memberOf := Property{Name: "member_of", Title: "Member of", Meaning: "The actors that this one belongs to. Who asks for an alliance is answered with its members' events too.",
		Type: ArrayProperty, Unique: true}
	actor := reference("", "", "", Actors)
	memberOf.Items = &actor
	return []Property{
		idProperty("Names the actor for good."),
		required(textProperty("names", "Names", "What the actor is called.")),
		linesProperty("other_names", "Other names", "Other spellings, short forms and former names, in any language. They are found by q."),
		codedProperty("kind", "Kind", "What sort of organisation or person it is.", actorKindCodes()),
		memberOf,
		textProperty("summary", "Summary", "What there is to know of the actor, in our own words."),
		inDataset(),
	}
}

func datasetProperties() []Property {
	return []Property{
		idProperty("Names the dataset for good. The ids of its events begin with it, by custom."),
		required(textProperty("title", "Title", "What the dataset is called.")),
		required(lineProperty("publisher", "Publisher", "Who publishes it.", lineLimit)),
		required(lineProperty("licence", "Licence", "The terms on which it may be used: an SPDX id where there is one.", lineLimit)),
		required(lineProperty("attribution", "Attribution", "The line that must stand wherever its records do.", lineLimit)),
		linkProperty("Where it is published."),
		codedProperty("redistribution", "Redistribution", "What of it may be passed on.", redistributionCodes()),
		textProperty("summary", "Summary", "What the dataset holds, in our own words."),
	}
}
