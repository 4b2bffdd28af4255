package geo

func eventProperties() []Property {
	list := []Property{
		idProperty("Names the event for good. It begins with the name of its dataset, by custom."),
		nullable(geometryProperty("any", "The event's own geometry, else that of its place, as longitude and latitude in degrees of WGS 84. Null: it is not known, or is nowhere. Read place_precision first: a point is not a location.")),
		codedProperty("type", "Type", "What happened.", eventTypeCodes()),
		lineProperty("subtype", "Subtype", "The source's own label.", lineLimit),
		required(textProperty("title", "Title", "What happened, in a line of our own words.")),
		textProperty("summary", "Summary", "What happened, in our own words."),
	}
	list = append(list, eventTimeProperties()...)
	list = append(list, eventPlaceProperties()...)
	list = append(list, participantsProperty())
	list = append(list, eventCountProperties()...)
	list = append(list, eventTieProperties()...)
	list = append(list, sourcesProperty(), claimsProperty(), inferredProperty())
	return append(list,
		codedProperty("status", "Status", "How far the record can be relied on.", statusCodes()),
		linesProperty("tags", "Tags", "Words that group events."),
		Property{Name: "extra", Title: "Extra", Meaning: "The source's remaining columns, by their names there.", Type: ObjectProperty, Values: &Property{Type: AnyProperty}},
		inDataset())
}

func eventTimeProperties() []Property {
	return []Property{
		nullable(instantProperty("start", "Start", "The first day or instant, UTC, that the event may cover. Null: not known.")),
		nullable(instantProperty("end", "End", "The last day or instant, inclusive, UTC, that the event may cover. Null: going on as last reported, or, where start is null too, not known.")),
		codedProperty("date_precision", "Date precision", "How closely start and end are known.", datePrecisionCodes()),
		lineProperty("date_text", "Date in words", "The report's own words about the time.", textLimit),
	}
}

func eventPlaceProperties() []Property {
	return []Property{
		reference("place_id", "Place", "The place or area where it happened.", ""),
		codedProperty("place_precision", "Place precision", "How closely it is known where it happened.", placePrecisionCodes()),
		{Name: "route", Title: "Route", Meaning: "The way of a visit.", Type: ObjectProperty, Properties: []Property{
			reference("from", "From", "The place or area where it began. Left out: not known.", ""),
			required(reference("to", "To", "The place or area where it went.", "")),
			{Name: "assumed", Title: "Assumed", Meaning: "True where no source says where it began. Then the event is not attached to that place.", Type: BooleanProperty},
		}},
	}
}

func participantsProperty() Property {
	return Property{Name: "participants", Title: "Participants", Meaning: "Who took part, each as an actor on record or by name.", Type: ArrayProperty,
		Items: &Property{Title: "Participant", Type: ObjectProperty, Properties: []Property{
			reference("actor_id", "Actor", "The actor; there is either this or a name.", Actors),
			lineProperty("name", "Name", "Who it was, where there is no actor on record.", lineLimit),
			codedProperty("role", "Role", "What the participant did.", roleCodes()),
		}}}
}

func eventCountProperties() []Property {
	deaths := func(name, title, meaning string) Property {
		return nullable(Property{Name: name, Title: title, Meaning: meaning + " Null: not known, which is not zero.", Type: IntegerProperty,
			Format: Int32Format, Unit: "{deaths}", Maximum: maxCount})
	}
	return []Property{
		{Name: "incidents", Title: "Incidents", Meaning: "How many incidents the record stands for: three bombing raids may be one record.",
			Type: IntegerProperty, Required: true, Format: Int32Format, Unit: "{incidents}", Minimum: 1, Maximum: maxCount},
		{Name: "fatalities", Title: "Deaths", Meaning: "How many died, as a range. Where best is above high or below low, the source says so. Left out: not known.",
			Type: ObjectProperty, Properties: []Property{
				deaths("best", "Best estimate", "The source's best estimate."),
				deaths("low", "Low estimate", "The lowest number that the source holds likely."),
				deaths("high", "High estimate", "The highest number that the source holds likely."),
			}},
	}
}

func eventTieProperties() []Property {
	return []Property{
		reference("part_of", "Part of", "The operation or campaign that the event belongs to, itself an event.", Events),
		{Name: "related", Title: "Related events", Meaning: "How the event bears on others.", Type: ArrayProperty,
			Items: &Property{Title: "Tie", Type: ObjectProperty, Properties: []Property{
				required(reference("event", "Event", "The other event.", Events)),
				codedProperty("relation", "Relation", "How this event bears on the other.", relationCodes()),
			}}},
	}
}

func sourcesProperty() Property {
	date := lineProperty("date", "Date", "When it was published, as far as that is known: 2024, 2024-07 or 2024-07-22.", len(dateLayout))
	date.Pattern = `^\d{4}(-\d{2}(-\d{2})?)?$`
	return Property{Name: "sources", Title: "Sources", Meaning: "The reports that the record rests on.", Type: ArrayProperty, Required: true, AtLeast: 1,
		Items: &Property{Title: "Source", Type: ObjectProperty, Properties: []Property{
			required(lineProperty("publisher", "Publisher", "Who published the report.", lineLimit)),
			lineProperty("title", "Title", "The report's title.", textLimit),
			date,
			linkProperty("Where the report can be read."),
			lineProperty("according_to", "According to", "Whom the report itself cites.", textLimit),
		}}}
}

func claimsProperty() Property {
	return Property{Name: "claims", Title: "Claims", Meaning: "Where sources disagree, what each says of one field.", Type: ArrayProperty,
		Items: &Property{Title: "Claim", Type: ObjectProperty, Properties: []Property{
			required(lineProperty("field", "Field", "The property, as fatalities.best.", lineLimit)),
			{Name: "value", Title: "Value", Meaning: "What is claimed of it.", Type: AnyProperty, Required: true, Nullable: true},
			required(lineProperty("according_to", "According to", "Who claims it.", textLimit)),
		}}}
}
