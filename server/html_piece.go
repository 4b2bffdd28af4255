package server

import (
	"net/url"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/go-json-experiment/json"
)

// piece is a piece of a sentence on a page.
type piece struct {
	Text     string
	Lang     string // of a text that comes from data
	Datetime string // the time that it names, in ISO 8601
	Href     string // where it leads
	Outside  bool   // to another host
	Quiet    bool   // said in passing
	Code     bool   // for programs
}

func word(s string) piece { return piece{Text: s} }

func quiet(s string) piece { return piece{Text: s, Quiet: true} }

// inEnglish is a text of the data in the language of these pages, else in another.
func inEnglish(t geo.Text) piece {
	tag, text := t.Tagged()
	return piece{Text: text, Lang: tag}
}

// otherTexts are what a text says in the languages that inEnglish does not show.
func otherTexts(t geo.Text) (list []piece) {
	shown, _ := t.Tagged()
	for _, tag := range t.Languages() {
		if tag != shown {
			list = append(list, piece{Text: t[tag], Lang: tag})
		}
	}
	return list
}

// outside is a text that leads to another host: to what is no address of a page it
// leads nowhere, whatever was stored.
func outside(text, href string) piece {
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return piece{Text: text}
	}
	return piece{Text: text, Href: href, Outside: true}
}

// recordKey names a record; places and areas share their ids, and the kind is Places.
type recordKey struct {
	kind geo.Kind
	id   string
}

func keyOf(k geo.Kind, id string) recordKey {
	if k == geo.Areas {
		k = geo.Places
	}
	return recordKey{k, id}
}

// mentioned is what a page calls the records that it mentions.
type mentioned map[recordKey]piece

// of is the name of a record, which leads to it; its id, where there is none such.
func (m mentioned) of(k geo.Kind, id string) piece {
	if p, known := m[keyOf(k, id)]; known {
		return p
	}
	return piece{Text: id}
}

// mentioned finds the names of all that records mention, each read once.
func (a *answer) mentioned(records ...geo.Record) (mentioned, error) {
	found := make(mentioned)
	var rows []index.Row
	for _, record := range records {
		for _, reference := range record.References() {
			key := keyOf(reference.Kinds[0], reference.ID)
			if _, known := found[key]; known {
				continue
			}
			for _, k := range reference.Kinds {
				if r, is := a.view.Find(k, reference.ID); is {
					rows = append(rows, r)
					found[key] = piece{Text: r.ID, Href: itemPath(k, r.ID)}
				}
			}
		}
	}
	return found, a.addNames(found, rows)
}

// addNames gives mentions their names.
func (a *answer) addNames(to mentioned, rows []index.Row) error {
	return a.namesOf(rows, func(r index.Row, name []byte) error {
		var t geo.Text
		if err := json.Unmarshal(name, &t); err != nil {
			return err
		}
		p := inEnglish(t)
		p.Href = itemPath(r.Kind, r.ID)
		to[keyOf(r.Kind, r.ID)] = p
		return nil
	})
}
