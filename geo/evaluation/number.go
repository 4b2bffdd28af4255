package evaluation

import "math"

// arithmetic are the operators on numbers. What is no number, as a division by zero,
// is not known.
var arithmetic = map[string]func(a, b float64) float64{
	"+":   func(a, b float64) float64 { return a + b },
	"-":   func(a, b float64) float64 { return a - b },
	"*":   func(a, b float64) float64 { return a * b },
	"/":   func(a, b float64) float64 { return a / b },
	"%":   math.Mod,                                                // with the sign of a
	"div": func(a, b float64) float64 { return math.Trunc(a / b) }, // towards zero
	"^":   math.Pow,
}

// number is the result of arithmetic; nil where it is infinite or none.
func number(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return f
}
