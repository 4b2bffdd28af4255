package geo_test

import (
	"net/url"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

// TestParametersAreDescribed holds each parameter of the filter to a shape whose
// example and values it reads.
func TestParametersAreDescribed(t *testing.T) {
	for _, k := range geo.Kinds() {
		for _, p := range geo.Parameters(k) {
			if p.Type == "" || p.About == "" || p.Example == "" {
				t.Errorf("%s is not described: parameterShapes has %+v", p.Name, p.ParameterShape)
			}
			for _, value := range append([]string{p.Example, p.Otherwise}, p.Codes...) {
				values := url.Values{p.Name: {value}}
				if p.Name == "bbox-crs" {
					values.Set("bbox", "1,2,3,4")
				}
				if p.Name == "filter-crs" {
					values.Set("filter", "id = 'x'")
				}
				if _, faults := geo.ParseFilter(k, values); value != "" && len(faults) > 0 {
					t.Errorf("%s=%s: %v", p.Name, value, faults)
				}
			}
		}
	}
}
