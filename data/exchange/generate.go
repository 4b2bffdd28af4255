package exchange

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"time"
)

// Generate writes a file of n made-up events under UCDPHeader, with the skew of a
// real release (UCDP GED of Myanmar, 1989-2023): few points hold many events, six
// in ten are placed worse than near a known place, one in seven covers more than
// a day. The same seed gives the same bytes. Nothing in it happened.
func Generate(w io.Writer, n int, seed uint64) error {
	g := generator{rand: rand.New(rand.NewPCG(seed, 0)), row: make([]string, len(UCDPHeader))}
	for i, name := range UCDPHeader {
		g.column(name, i)
	}
	g.points(max(1, min(n/5, 80_000)))
	out := csv.NewWriter(bufio.NewWriterSize(w, 1<<20))
	if err := out.Write(UCDPHeader); err != nil {
		return err
	}
	for i := range n {
		if err := out.Write(g.event(i)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// shares are codes with how many of a thousand events have each, as counted in
// the real file.
type shares []struct {
	code  string
	share int
}

var (
	placeShares = shares{{"5", 431}, {"2", 183}, {"1", 179}, {"4", 97}, {"3", 62}, {"6", 47}, {"7", 1}}
	dateShares  = shares{{"1", 852}, {"2", 79}, {"4", 46}, {"5", 14}, {"3", 9}}
	typeShares  = shares{{"1", 673}, {"3", 316}, {"2", 11}}
)

func (s shares) pick(r *rand.Rand) string {
	at := r.IntN(1000)
	for _, c := range s {
		if at -= c.share; at < 0 {
			return c.code
		}
	}
	return s[0].code
}

// generatedCountries are boxes of land, west, south, east, north.
var generatedCountries = []struct {
	name                     string
	west, south, east, north float64
}{
	{"Myanmar (Burma)", 93, 16, 101, 27}, {"Afghanistan", 61, 30, 71, 37}, {"Syria", 36, 33, 42, 37}, {"Ethiopia", 34, 5, 44, 14}, {"DR Congo (Zaire)", 20, -8, 29, 4},
	{"Colombia", -77, 1, -70, 9}, {"Ukraine", 24, 46, 40, 51}, {"Nigeria", 4, 6, 13, 13}, {"Fiji", 177, -19, 179.9, -16}, {"Yemen (North Yemen)", 43, 13, 52, 18},
}

type generator struct {
	rand    *rand.Rand
	zipf    *rand.Zipf
	columns map[string]int
	row     []string
	known   []generatedPoint
}

type generatedPoint struct {
	name, district, region, country string
	lat, lon                        float64
}

func (g *generator) column(name string, i int) {
	if g.columns == nil {
		g.columns = make(map[string]int)
	}
	g.columns[name] = i
}

func (g *generator) set(name, value string) { g.row[g.columns[name]] = value }

func (g *generator) points(n int) {
	g.known = make([]generatedPoint, n)
	for i := range g.known {
		c := generatedCountries[g.rand.IntN(len(generatedCountries))]
		kind := []string{"town", "village", "village", "village", "city"}[g.rand.IntN(5)]
		g.known[i] = generatedPoint{name: fmt.Sprintf("%s%s %s", syllables[g.rand.IntN(len(syllables))], syllables[i%len(syllables)], kind),
			district: fmt.Sprintf("District %d", i%200), region: fmt.Sprintf("Region %d", i%15), country: c.name,
			lat: round(c.south + g.rand.Float64()*(c.north-c.south)), lon: round(c.west + g.rand.Float64()*(c.east-c.west))}
	}
	g.zipf = rand.NewZipf(g.rand, 1.1, 20, uint64(n-1))
}

var syllables = []string{"Ka", "Mong", "La", "Shio", "Ta", "Nam", "Hpa", "Kut", "Pang", "Ye", "Bo", "Gale", "Min", "Dal", "Sa", "Gaing", "Tha", "Ton", "Kyi", "Wa"}

func round(degrees float64) float64 { return float64(int(degrees*1e6)) / 1e6 }

func (g *generator) event(i int) []string {
	clear(g.row)
	p := g.known[g.zipf.Uint64()]
	violence, prec := typeShares.pick(g.rand), placeShares.pick(g.rand)
	g.set("id", strconv.Itoa(i+1))
	g.set("type_of_violence", violence)
	g.set("code_status", "Clear")
	g.set("active_year", "TRUE")
	sides := []string{"Government of " + p.country, fmt.Sprintf("Group %d", g.rand.IntN(400))}
	if violence == "3" {
		sides[1] = "Civilians"
	}
	g.set("conflict_name", p.country+": Government")
	g.set("dyad_name", sides[0]+" - "+sides[1])
	g.set("side_a", sides[0])
	g.set("side_b", sides[1])
	g.where(p, prec)
	g.when()
	g.deaths(violence)
	day := g.row[g.columns["date_start"]]
	headline := fmt.Sprintf("Made-up report %d of fighting near %s", i, p.name)
	g.set("number_of_sources", "1")
	g.set("source_article", fmt.Sprintf("\"Made-up News,%s,%s\"", day, headline))
	g.set("source_office", "Made-up News")
	g.set("source_date", day)
	g.set("source_headline", headline)
	g.set("source_original", "residents")
	g.set("event_clarity", []string{"1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "2"}[g.rand.IntN(11)])
	return g.row
}

func (g *generator) where(p generatedPoint, prec string) {
	lat, lon, name := p.lat, p.lon, p.name
	switch prec {
	case "3":
		name = p.district
	case "4":
		lat, lon, name = round(float64(int(p.lat))), round(float64(int(p.lon))), p.region
	case "6", "7":
		lat, lon, name = round(float64(int(p.lat/10)*10)), round(float64(int(p.lon/10)*10)), p.country
	}
	g.set("where_prec", prec)
	g.set("where_coordinates", name)
	g.set("where_description", "somewhere about "+p.name+", as the made-up report says")
	if prec < "6" {
		g.set("adm_1", p.region)
		if prec != "4" {
			g.set("adm_2", p.district)
		}
	}
	g.set("latitude", strconv.FormatFloat(lat, 'f', -1, 64))
	g.set("longitude", strconv.FormatFloat(lon, 'f', -1, 64))
	g.set("geom_wkt", fmt.Sprintf("POINT (%g %g)", lon, lat))
	g.set("priogrid_gid", strconv.Itoa(100_000+g.rand.IntN(100_000)))
	g.set("country", p.country)
	g.set("country_id", strconv.Itoa(700+g.rand.IntN(100)))
	g.set("region", "Made-up")
}

func (g *generator) when() {
	prec := dateShares.pick(g.rand)
	// The later years have most events.
	years := 1 - g.rand.Float64()*g.rand.Float64()
	start := time.Date(1989, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(years*35*365))
	length := map[string]int{"1": 0, "2": 1 + g.rand.IntN(5), "3": 6, "4": 8 + g.rand.IntN(22), "5": 31 + g.rand.IntN(300)}[prec]
	g.set("year", strconv.Itoa(start.Year()))
	g.set("date_prec", prec)
	g.set("date_start", start.Format("2006-01-02"))
	g.set("date_end", start.AddDate(0, 0, length).Format("2006-01-02"))
}

func (g *generator) deaths(violence string) {
	best := int(g.rand.ExpFloat64() * 5)
	column := "deaths_unknown"
	if violence == "3" {
		column = "deaths_civilians"
	}
	for _, name := range []string{"deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"} {
		g.set(name, "0")
	}
	g.set(column, strconv.Itoa(best))
	g.set("best", strconv.Itoa(best))
	g.set("low", strconv.Itoa(best/2))
	g.set("high", strconv.Itoa(best+1+g.rand.IntN(5)))
}
