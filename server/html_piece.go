package server

import (
	"html"
	"html/template"
	"net/url"
	"strings"

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

// written writes lines as HTML, each between two tags. The pages are made of so many
// pieces that a template for each took most of a page's time: this is the one place
// that escapes by itself. Texts stand between tags or quotes; a Href is an address of
// ours, or one that outside let pass.
func written(lines [][]piece, before, after string) template.HTML {
	var b strings.Builder
	for _, line := range lines {
		if len(line) == 0 {
			continue
		}
		b.WriteString(before)
		for _, p := range line {
			p.write(&b)
		}
		b.WriteString(after)
	}
	return template.HTML(b.String())
}

func (p piece) write(b *strings.Builder) {
	tag := "span"
	switch {
	case p.Href != "":
		tag = "a"
		writeTag(b, tag, "href", p.Href)
	case p.Datetime != "":
		tag = "time"
		writeTag(b, tag, "datetime", p.Datetime)
	case p.Code:
		tag = "code"
		writeTag(b, tag)
	case p.Lang != "":
		writeTag(b, tag)
	case p.Quiet:
		writeTag(b, tag, "class", "quiet")
	default:
		b.WriteString(html.EscapeString(p.Text))
		return
	}
	if p.Lang != "" {
		writeAttributes(b, "lang", p.Lang, "dir", "auto")
	}
	if p.Outside {
		writeAttributes(b, "rel", "noopener noreferrer")
	}
	b.WriteByte('>')
	b.WriteString(html.EscapeString(p.Text))
	b.WriteString("</" + tag + ">")
}

// writeTag opens a tag, and leaves it open for further attributes.
func writeTag(b *strings.Builder, tag string, attributes ...string) {
	b.WriteString("<" + tag)
	writeAttributes(b, attributes...)
}

// writeAttributes writes names, each with its value.
func writeAttributes(b *strings.Builder, attributes ...string) {
	for i := 0; i < len(attributes); i += 2 {
		b.WriteString(" " + attributes[i] + `="` + html.EscapeString(attributes[i+1]) + `"`)
	}
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
