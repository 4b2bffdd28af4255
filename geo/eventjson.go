package geo

import (
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// appendProperties writes an event's properties as json.Marshal with
// Deterministic does, byte for byte. By reflection that took a quarter of an
// import. The second result is false where something stands in it that wants the
// JSON package, for the error or for its form: then what was written is no use.
func (e *Event) appendProperties(b []byte) ([]byte, bool) {
	w := jsonWriter{b: b}
	w.text(`{"type":`, string(e.Type))
	w.optional(`,"subtype":`, e.Subtype)
	w.texts(`,"title":`, e.Title)
	if len(e.Summary) > 0 {
		w.texts(`,"summary":`, e.Summary)
	}
	w.instant(`,"start":`, e.Start)
	w.instant(`,"end":`, e.End)
	w.text(`,"date_precision":`, string(e.DatePrecision))
	w.optional(`,"date_text":`, e.DateText)
	w.optional(`,"place_id":`, e.PlaceID)
	w.text(`,"place_precision":`, string(e.PlacePrecision))
	if e.Route != nil {
		w.route(e.Route)
	}
	writeList(&w, `,"participants":[`, e.Participants, (*jsonWriter).participant)
	w.number(`,"incidents":`, e.Incidents)
	if f := e.Fatalities; f != nil {
		w.count(`,"fatalities":{"best":`, f.Best)
		w.count(`,"low":`, f.Low)
		w.count(`,"high":`, f.High)
		w.raw("}")
	}
	w.optional(`,"part_of":`, e.PartOf)
	writeList(&w, `,"related":[`, e.Related, (*jsonWriter).relation)
	if len(e.Sources) == 0 {
		w.raw(`,"sources":[]`)
	}
	writeList(&w, `,"sources":[`, e.Sources, (*jsonWriter).source)
	writeList(&w, `,"claims":[`, e.Claims, (*jsonWriter).claim)
	writeList(&w, `,"inferred":[`, e.Inferred, (*jsonWriter).inference)
	w.text(`,"status":`, string(e.Status))
	writeList(&w, `,"tags":[`, e.Tags, func(w *jsonWriter, tag string) { w.text("", tag) })
	if len(e.Extra) > 0 {
		w.extra(`,"extra":`, e.Extra)
	}
	w.text(`,"dataset_id":`, e.DatasetID)
	w.raw("}")
	return w.b, !w.unusual
}

// jsonWriter appends JSON to b. Names come with their punctuation before them.
type jsonWriter struct {
	b       []byte
	unusual bool
}

// writeList writes an array that is left out where it is empty.
func writeList[T any](w *jsonWriter, name string, list []T, write func(*jsonWriter, T)) {
	for i, v := range list {
		if i == 0 {
			w.raw(name)
		} else {
			w.raw(",")
		}
		write(w, v)
	}
	if len(list) > 0 {
		w.raw("]")
	}
}

func (w *jsonWriter) raw(s string) { w.b = append(w.b, s...) }

func (w *jsonWriter) text(name, s string) {
	w.b = append(w.b, name...)
	if IsPlain(s) {
		w.b = append(append(append(w.b, '"'), s...), '"')
		return
	}
	quoted, err := jsontext.AppendQuote(w.b, s)
	w.b, w.unusual = quoted, w.unusual || err != nil
}

// optional writes a text that is left out where it is empty.
func (w *jsonWriter) optional(name, s string) {
	if s != "" {
		w.text(name, s)
	}
}

func (w *jsonWriter) number(name string, n int) {
	w.b = strconv.AppendInt(append(w.b, name...), int64(n), 10)
}

func (w *jsonWriter) count(name string, n *int) {
	if n != nil {
		w.number(name, *n)
	} else {
		w.b = append(append(w.b, name...), "null"...)
	}
}

func (w *jsonWriter) instant(name string, at Instant) {
	w.b = at.appendJSON(append(w.b, name...))
}

func (w *jsonWriter) texts(name string, t Text) {
	w.raw(name)
	if len(t) == 0 {
		w.raw("{")
	}
	writeMembers(w, t, func(w *jsonWriter, s string) { w.text("", s) })
}

func (w *jsonWriter) extra(name string, x Extra) {
	w.raw(name)
	writeMembers(w, x, (*jsonWriter).value)
}

// writeMembers writes a map by name.
func writeMembers[V any](w *jsonWriter, m map[string]V, write func(*jsonWriter, V)) {
	var room [48]string
	names := room[:0]
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		if i == 0 {
			w.text("{", name)
		} else {
			w.text(",", name)
		}
		w.raw(":")
		write(w, m[name])
	}
	w.raw("}")
}

// value writes any JSON in its canonical form. Objects, arrays and numbers but
// whole ones are left to the JSON package.
func (w *jsonWriter) value(v jsontext.Value) {
	quoted := len(v) >= 2 && v[0] == '"' && v[len(v)-1] == '"'
	switch {
	case quoted && IsPlain(v[1:len(v)-1]):
	case quoted:
		w.requote(v)
		return
	case string(v) == "null" || string(v) == "true" || string(v) == "false" || isCount(v):
	default:
		w.unusual = true
	}
	w.b = append(w.b, v...)
}

func (w *jsonWriter) requote(v jsontext.Value) {
	text, err := jsontext.AppendUnquote(nil, v)
	if err != nil {
		w.unusual = true
		return
	}
	w.text("", string(text))
}

func isCount(v jsontext.Value) bool {
	for _, c := range v {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(v) == 1 || len(v) > 1 && v[0] != '0'
}

func (w *jsonWriter) route(r *Route) {
	w.raw(`,"route":{`)
	if r.From != "" {
		w.text(`"from":`, r.From)
		w.raw(",")
	}
	w.text(`"to":`, r.To)
	if r.Assumed {
		w.raw(`,"assumed":true`)
	}
	w.raw("}")
}

func (w *jsonWriter) participant(p Participant) {
	w.raw("{")
	if p.ActorID != "" {
		w.text(`"actor_id":`, p.ActorID)
		w.raw(",")
	}
	if p.Name != "" {
		w.text(`"name":`, p.Name)
		w.raw(",")
	}
	w.text(`"role":`, string(p.Role))
	w.raw("}")
}

func (w *jsonWriter) relation(r Relation) {
	w.text(`{"event":`, r.Event)
	w.text(`,"relation":`, string(r.Relation))
	w.raw("}")
}

func (w *jsonWriter) source(s Source) {
	w.text(`{"publisher":`, s.Publisher)
	w.optional(`,"title":`, s.Title)
	w.optional(`,"date":`, s.Date)
	w.optional(`,"link":`, s.Link)
	w.optional(`,"according_to":`, s.AccordingTo)
	w.raw("}")
}

func (w *jsonWriter) claim(c Claim) {
	w.text(`{"field":`, c.Field)
	w.raw(`,"value":`)
	w.value(c.Value)
	w.text(`,"according_to":`, c.AccordingTo)
	w.raw("}")
}

func (w *jsonWriter) inference(i Inference) {
	w.text(`{"field":`, i.Field)
	w.text(`,"from":`, i.From)
	w.raw("}")
}
