package exchange

import "github.com/conflictmap/conflictmap/geo"

// DefaultDataset is the record of a dataset of the format, as its makers publish
// it. What nobody has said may be passed on is private.
func DefaultDataset(format, id string) *geo.Dataset {
	switch format {
	case UCDP:
		return &geo.Dataset{ID: id, Title: geo.Text{"en": "UCDP Georeferenced Event Dataset"},
			Publisher: "Uppsala Conflict Data Program, Department of Peace and Conflict Research, Uppsala University", Licence: "CC-BY-4.0",
			Attribution: "UCDP GED, Uppsala Conflict Data Program, Uppsala University (CC BY 4.0)", Link: "https://ucdp.uu.se/", Redistribution: geo.Public}
	case ACLED:
		return &geo.Dataset{ID: id, Title: geo.Text{"en": "Armed Conflict Location & Event Data"}, Publisher: "ACLED", Licence: "ACLED Terms of Use",
			Attribution: "ACLED, Armed Conflict Location & Event Data (acleddata.com)", Link: "https://acleddata.com/", Redistribution: geo.Private}
	}
	return &geo.Dataset{ID: id, Title: geo.Text{"en": id}, Publisher: "Not given", Licence: "Not given", Attribution: id, Redistribution: geo.Private}
}
