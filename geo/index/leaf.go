package index

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/evaluation"
)

// question is a part of an expression that is no AND, OR or NOT, and so is asked as
// a whole.
type question struct {
	snapshot  *Snapshot
	kind      geo.Kind
	condition *evaluation.Condition
}

// held lists the properties of each kind whose values stand in columns.
var held = map[geo.Kind][]string{
	geo.Events: {"id", "geometry", "type", "start", "end", "datetime", "date_precision", "place_id", "place_precision",
		"incidents", "fatalities.best", "fatalities.low", "fatalities.high", "status", "dataset_id"},
	geo.Areas:    {"id", "geometry", "start", "end", "datetime", "dataset_id"},
	geo.Places:   {"id", "geometry", "dataset_id"},
	geo.Actors:   {"id", "dataset_id"},
	geo.Datasets: {"id"},
}

// leaf finds a way to answer a question: by sets or columns where there are some for
// it, else by evaluating it for each row.
func (l *planner) leaf(e cql2.Expression) (node, error) {
	condition, err := evaluation.Compile(l.kind, e)
	if err != nil {
		return nil, err
	}
	q := question{l.snapshot, l.kind, condition}
	asked := condition.Properties()
	if len(asked) == 1 {
		if n, err := l.special(q, e, asked[0]); n != nil || err != nil {
			return n, err
		}
	}
	isHeld := func(q geo.Queryable) bool { return slices.Contains(held[l.kind], q.Name) }
	if !slices.ContainsFunc(asked, func(q geo.Queryable) bool { return !isHeld(q) }) {
		return &rowLeaf{q}, nil
	}
	return &readLeaf{q, condition.Members()}, nil
}

// special is the way to answer a question about one property; nil where there is
// none that is better than to evaluate it.
func (l *planner) special(q question, e cql2.Expression, asked geo.Queryable) (node, error) {
	call, isCall := e.(cql2.Call)
	if asked.Name == "geometry" {
		return newAnchorLeaf(q, call), nil
	}
	if isCall {
		if ids := idsOf(call, "id"); ids != nil {
			return &idLeaf{ids}, nil
		}
		if wider := spread(call); wider != nil && (columnOf(asked.Name) != nil) {
			return l.node(wider)
		}
		if n := rangeLeafOf(call); n != nil {
			return n, nil
		}
	}
	if l.kind != geo.Events {
		return nil, nil
	}
	switch asked.Name {
	case "type":
		return newCodeLeaf(q, geo.EventTypes(), func(p *part) []bitset { return p.byType })
	case "status":
		return newCodeLeaf(q, geo.Statuses(), func(p *part) []bitset { return p.byStatus })
	case "date_precision":
		return newCodeLeaf(q, geo.DatePrecisions(), func(p *part) []bitset { return p.byDatePrecision })
	case "place_precision":
		return newCodeLeaf(q, geo.PlacePrecisions(), (*part).precisions)
	case "dataset_id":
		return newDatasetLeaf(q)
	case "place_id":
		return placeLeaf{q, idsOf(call, asked.Name)}, nil
	case "part_of":
		return newPartOfLeaf(q), nil
	case "participants":
		return participantLeafOf(q, call), nil
	case "datetime":
		return timeLeafOf(q, call), nil
	}
	return nil, nil
}

// spread writes BETWEEN and IN as the comparisons that they stand for; nil of others.
func spread(call cql2.Call) cql2.Expression {
	compared := func(op string, to cql2.Expression) cql2.Expression {
		return cql2.Call{Op: op, Args: []cql2.Expression{call.Args[0], to}, At: call.At}
	}
	switch call.Op {
	case "between":
		return cql2.Call{Op: "and", Args: []cql2.Expression{compared(">=", call.Args[1]), compared("<=", call.Args[2])}, At: call.At}
	case "in":
		list, isList := call.Args[1].(cql2.List)
		if !isList || len(list.Items) == 0 {
			return nil
		}
		or := cql2.Call{Op: "or", At: call.At}
		for _, item := range list.Items {
			or.Args = append(or.Args, compared("=", item))
		}
		return or
	}
	return nil
}

// oneValue is a record that has one property alone.
type oneValue struct{ value any }

func (v oneValue) Value(geo.Queryable) any { return v.value }

// of says whether the question is true of a record that has the value.
func (q question) of(value any) (evaluation.Truth, error) { return q.condition.Of(oneValue{value}) }

// wanted says whether a truth is the one that is kept.
func wanted(t evaluation.Truth, want bool) bool {
	return t == evaluation.True && want || t == evaluation.False && !want
}
