package exchange

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// UCDPHeader is the header of the UCDP Georeferenced Event Dataset since release
// 23.1 (UCDP GED codebook). Other releases lack or reorder columns; one was
// published without a header.
var UCDPHeader = strings.Split("id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"+
	"dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"+
	"source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,"+
	"latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,"+
	"deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob", ",")

var ucdpRequired = []string{"id", "type_of_violence", "where_prec", "latitude", "longitude", "date_prec", "date_start", "date_end"}

// The codes of the UCDP GED codebook.
var (
	ucdpTypes = map[string]struct {
		kind  geo.EventType
		label string
	}{
		"1": {geo.Clash, "State-based violence"}, "2": {geo.Clash, "Non-state violence"}, "3": {geo.ViolenceAgainstCivilians, "One-sided violence"},
	}
	ucdpPlaces = map[string]geo.PlacePrecision{
		"1": geo.Exact, "2": geo.Near, "3": geo.DistrictWide, "4": geo.RegionWide, "5": geo.Fuzzy, "6": geo.CountryWide, "7": geo.International,
	}
	ucdpDates = map[string]geo.DatePrecision{"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"}
)

// ucdpTaken are the columns whose content the record has elsewhere; the others
// are kept under extra.
var ucdpTaken = takes("id", "type_of_violence", "where_prec", "latitude", "longitude", "date_prec", "date_start", "date_end",
	"event_clarity", "best", "high", "low", "side_a", "side_b")

func takes(names ...string) map[string]bool {
	taken := make(map[string]bool, len(names))
	for _, name := range names {
		taken[name] = true
	}
	return taken
}

// isUCDPHeader says whether a header is UCDP's.
func isUCDPHeader(header []string) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), name) })
	}
	return has("type_of_violence") && has("where_prec")
}

// ucdpHeaderOf returns the full header where a first row is UCDP data without one.
func ucdpHeaderOf(first []string) []string {
	if len(first) != len(UCDPHeader) {
		return nil
	}
	at := func(name string) string { return first[slices.Index(UCDPHeader, name)] }
	_, isID := parseCount(at("id"))
	_, isDate := parseDay(at("date_start"))
	if !isID || !isDate {
		return nil
	}
	return slices.Clone(UCDPHeader)
}

type ucdp struct {
	dataset string
	now     time.Time

	// The columns that are kept under extra, where the sources do not say all
	// that the row says of them, and where they do.
	rest, restBesideSources []int
}

func newUCDP(c *columns, dataset string, now time.Time) ucdp {
	return ucdp{dataset, now, c.but(ucdpTaken), c.but(ucdpTakenWithSources)}
}

// convert makes an event of a row.
func (u ucdp) convert(c *columns) (*Draft, faults) {
	var fs faults
	id := c.get("id")
	if id == "" {
		fs.add("id", "", "is missing")
	}
	violence := coded(c, "type_of_violence", ucdpTypes, &fs)
	e := &geo.Event{ID: u.dataset + ":" + id, Type: violence.kind, Subtype: violence.label, DatasetID: u.dataset, Incidents: 1, Status: "reported",
		PlacePrecision: coded(c, "where_prec", ucdpPlaces, &fs), DatePrecision: coded(c, "date_prec", ucdpDates, &fs),
		Start: day(c, "date_start", &fs), End: day(c, "date_end", &fs)}
	for _, code := range []string{"where_prec", "date_prec", "event_clarity"} {
		if v := c.get(code); v != "" {
			e.Tags = append(e.Tags, code+":"+v)
		}
	}
	lat, lon := c.number("latitude", &fs), c.number("longitude", &fs)
	if lat != nil && lon != nil {
		fs = append(fs, checkPoint("latitude", "longitude", *lat, *lon)...)
	}
	e.Geometry = point(lat, lon)
	if deaths := (geo.Fatalities{Best: c.count("best", &fs), Low: c.count("low", &fs), High: c.count("high", &fs)}); deaths != (geo.Fatalities{}) {
		e.Fatalities = &deaths
	}
	e.Participants = ucdpSides(c, violence.kind)
	e.Title = eventTitle(violence.label, e.Participants, c.get("where_coordinates"))
	sources, all := ucdpSources(c)
	e.Sources = sources
	rest := u.rest
	if all {
		rest = u.restBesideSources
	}
	e.Extra = c.rest(rest)
	if lat != nil && lon != nil && c.get("geom_wkt") == "POINT ("+c.get("longitude")+" "+c.get("latitude")+")" {
		delete(e.Extra, c.names[c.index["geom_wkt"]]) // the coordinates once more
	}
	var doubts faults
	doubts = append(doubts, doubtDates("date_start", e.Start, u.now)...)
	doubts = append(doubts, doubtDates("date_end", e.End, u.now)...)
	doubts = append(doubts, doubtDeaths(e.Fatalities)...)
	return &Draft{Record: e, Warnings: doubts,
		Spot: Spot{Name: c.get("where_coordinates"), District: c.get("adm_2"), Region: c.get("adm_1"), Country: c.get("country")}}, fs
}

// ucdpSides lists the two sides. Only in one-sided violence does the codebook say
// who did it to whom.
func ucdpSides(c *columns, kind geo.EventType) (list []geo.Participant) {
	roles := [2]geo.Role{"party", "party"}
	if kind == geo.ViolenceAgainstCivilians {
		roles = [2]geo.Role{"initiator", "target"}
	}
	for i, column := range []string{"side_a", "side_b"} {
		if name := c.get(column); name != "" {
			list = append(list, geo.Participant{Name: name, Role: roles[i]})
		}
	}
	return list
}

func day(c *columns, name string, fs *faults) geo.Instant {
	text := c.get(name)
	at, ok := parseDay(text)
	if !ok {
		fs.add(name, text, "is not a date (2023-07-11)")
	}
	return at
}

var ucdpTakenWithSources = func() map[string]bool {
	taken := takes("source_article", "source_office", "source_date", "source_headline")
	for name := range ucdpTaken {
		taken[name] = true
	}
	return taken
}()

const ucdpNoDate = "1753-01-01" // the codebook's missing date

// ucdpSources lists the reports that an event rests on, one by one where the row
// allows it. The second result says that they hold all that the row says of them,
// so that the columns need not be kept beside them.
func ucdpSources(c *columns) ([]geo.Source, bool) {
	article := c.get("source_article")
	if article == "" {
		return []geo.Source{{Publisher: "Uppsala Conflict Data Program", Title: "UCDP GED, no article named"}}, false
	}
	articles := ucdpArticles(article)
	offices, dates, headlines := split(c.get("source_office")), split(c.get("source_date")), split(c.get("source_headline"))
	if n := len(articles); len(offices) == n && len(dates) == n && len(headlines) == n {
		list := make([]geo.Source, n)
		all := true
		for i := range list {
			date, known := sourceDate(dates[i])
			list[i] = geo.Source{Publisher: offices[i], Title: headlines[i], Date: date}
			all = all && known && articles[i] == offices[i]+","+dates[i]+","+headlines[i]
		}
		return withOriginal(c, list), all
	}
	list := make([]geo.Source, len(articles))
	for i, a := range articles {
		list[i] = ucdpArticle(a)
	}
	return withOriginal(c, list), false
}

// withOriginal adds whom the report cites, where there is only one report: of
// several the row does not say which one cites whom.
func withOriginal(c *columns, list []geo.Source) []geo.Source {
	if len(list) == 1 {
		list[0].AccordingTo = c.get("source_original")
	}
	return list
}

// sourceDate reads a source's date; known is false where the text is none.
func sourceDate(text string) (date string, known bool) {
	at, ok := parseDay(text)
	if !ok || at.String() == ucdpNoDate {
		return "", at.String() == ucdpNoDate
	}
	return at.String(), true
}

// ucdpArticles cuts quoted, semicolon-joined reports: "A,2023-11-14,x";"B,...".
// Other text, as of older releases, is one report.
func ucdpArticles(text string) []string {
	if !strings.HasPrefix(text, `"`) {
		return []string{text}
	}
	if inner := text[1:]; strings.IndexByte(inner, '"') == len(inner)-1 && len(inner) > 1 {
		return []string{inner[:len(inner)-1]} // one report, as most rows have
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 1 || slices.Contains(rows[0], "") {
		return []string{text}
	}
	return rows[0]
}

var (
	reportWithDate  = regexp.MustCompile(`^(.+?),\s*(\d{4}-\d{2}-\d{2}),\s*(.+)$`)
	agencyWithDate  = regexp.MustCompile(`^([^,;"]{2,60}?),?\s+(\d{4}-\d{2}-\d{2})$`)
	publisherLength = 200 // bytes; longer texts are titles
)

// ucdpArticle reads "Office,2023-11-14,Headline" or "Office 1992-03-02"; of any
// other text the whole is the source's name.
func ucdpArticle(text string) geo.Source {
	for _, form := range []*regexp.Regexp{reportWithDate, agencyWithDate} {
		found := form.FindStringSubmatch(text)
		if found == nil || len(found[1]) > publisherLength {
			continue
		}
		if date, known := sourceDate(found[2]); known {
			s := geo.Source{Publisher: found[1], Date: date}
			if len(found) > 3 {
				s.Title = found[3]
			}
			return s
		}
	}
	if len(text) <= publisherLength {
		return geo.Source{Publisher: text}
	}
	return geo.Source{Publisher: "Not told apart (" + strconv.Itoa(len(text)) + " bytes of text)", Title: text}
}
