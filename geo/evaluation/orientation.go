package evaluation

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// orientation says on which side of the way from a to b the point c lies: 1 on the
// left, -1 on the right, 0 on the line, exactly. Floating point decides where its
// error is surely smaller than the result (Shewchuk, Adaptive precision
// floating-point arithmetic, 1997), rational numbers elsewhere.
func orientation(a, b, c orb.Point) int {
	left, right := (a[0]-c[0])*(b[1]-c[1]), (a[1]-c[1])*(b[0]-c[0])
	d := left - right
	const bound = (3 + 16*epsilon) * epsilon
	if sure := bound * (math.Abs(left) + math.Abs(right)); d > sure || -d > sure {
		return sign(d)
	}
	return exactOrientation(a, b, c)
}

const epsilon = 1.0 / (1 << 53)

func sign(d float64) int {
	switch {
	case d > 0:
		return 1
	case d < 0:
		return -1
	}
	return 0
}

func exactOrientation(a, b, c orb.Point) int {
	minus := func(p, q float64) *big.Rat { return new(big.Rat).Sub(rational(p), rational(q)) }
	left := new(big.Rat).Mul(minus(a[0], c[0]), minus(b[1], c[1]))
	right := new(big.Rat).Mul(minus(a[1], c[1]), minus(b[0], c[0]))
	return left.Cmp(right)
}

func rational(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }

// onSegment says whether the point lies on the segment, its ends included.
func onSegment(p, a, b orb.Point) bool {
	return min(a[0], b[0]) <= p[0] && p[0] <= max(a[0], b[0]) && min(a[1], b[1]) <= p[1] && p[1] <= max(a[1], b[1]) && orientation(a, b, p) == 0
}
