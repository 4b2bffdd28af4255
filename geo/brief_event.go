package geo

var (
	eventTypes      = EventTypes()
	statuses        = Statuses()
	datePrecisions  = DatePrecisions()
	placePrecisions = PlacePrecisions()
)

func (b *Brief) eventProperty(s *scanner) {
	switch string(s.name()) {
	case "type":
		b.seen |= hasType
		b.Type = code(s, eventTypes)
	case "status":
		b.seen |= hasStatus
		b.Status = code(s, statuses)
	case "date_precision":
		b.seen |= hasDatePrecision
		b.DatePrecision = code(s, datePrecisions)
	case "place_precision":
		b.seen |= hasPlacePrecision
		b.PlacePrecision = code(s, placePrecisions)
	case "start":
		b.seen |= hasStart
		b.Start = s.instant()
	case "end":
		b.seen |= hasEnd
		b.End = s.instant()
	case "dataset_id":
		b.seen |= hasDataset
		b.Dataset = s.text(&b.own)
	case "title", "summary":
		b.languages(s)
	case "place_id":
		b.Place = s.text(&b.own)
	case "route":
		b.route(s)
	case "participants":
		b.participants(s)
	case "incidents":
		b.Incidents = s.count()
	case "fatalities":
		b.fatalities(s)
	case "part_of":
		b.PartOf = s.text(&b.own)
	case "related":
		b.related(s)
	default:
		s.skip()
	}
}

func (b *Brief) route(s *scanner) {
	for s.enter('{'); s.more('}'); {
		switch string(s.name()) {
		case "from":
			b.RouteFrom = s.text(&b.own)
		case "to":
			b.RouteTo = s.text(&b.own)
		case "assumed":
			b.RouteAssumed = s.truth()
		default:
			s.skip()
		}
	}
}

func (b *Brief) participants(s *scanner) {
	for s.enter('['); s.more(']'); {
		for s.enter('{'); s.more('}'); {
			switch string(s.name()) {
			case "actor_id":
				b.Actors = append(b.Actors, s.text(&b.own))
			case "name":
				b.Names = append(b.Names, s.text(&b.own))
				b.Texts = append(b.Texts, b.Names[len(b.Names)-1])
			default:
				s.skip()
			}
		}
	}
}

func (b *Brief) fatalities(s *scanner) {
	for s.enter('{'); s.more('}'); {
		switch string(s.name()) {
		case "best":
			b.Best = s.countOrNull()
		case "low":
			b.Low = s.countOrNull()
		case "high":
			b.High = s.countOrNull()
		default:
			s.skip()
		}
	}
}

func (b *Brief) related(s *scanner) {
	for s.enter('['); s.more(']'); {
		for s.enter('{'); s.more('}'); {
			if string(s.name()) == "event" {
				b.Related = append(b.Related, s.text(&b.own))
			} else {
				s.skip()
			}
		}
	}
}
