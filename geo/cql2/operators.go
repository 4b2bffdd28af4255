package cql2

import "slices"

// set is some of the types.
type set uint16

func of(types ...Type) (s set) {
	for _, t := range types {
		s |= 1 << t
	}
	return s
}

// has says whether a type is in the set; one that is not known (0) may be.
func (s set) has(t Type) bool { return t == 0 || s&(1<<t) != 0 }

// String names the types: "a text, a number or true or false".
func (s set) String() string {
	var words []string
	for t := TextType; t <= ListType; t++ {
		if s.has(t) {
			words = append(words, t.String())
		}
	}
	return alternatives(words)
}

var (
	scalars  = of(TextType, NumberType, TruthType, InstantType)
	anything = scalars | of(IntervalType, GeometryType, ListType)
)

// operator is a part of the language that has arguments.
type operator struct {
	json        string // its name in CQL2 JSON where that is not its Op
	text        string // its name in CQL2 text where that is not its Op in capitals
	least, most int    // arguments; most 0 is any number
	takes       set    // types of its arguments
	yields      Type
	isFunction  bool // is written f(a, b)
	takesLists  bool // parentheses in an argument are a list
	sameTypes   bool // its arguments must be of one type
}

// operators are all that the standard names, by Op.
var operators = func() map[string]operator {
	all := map[string]operator{
		"and":     {least: 2, takes: of(TruthType), yields: TruthType},
		"or":      {least: 2, takes: of(TruthType), yields: TruthType},
		"not":     {least: 1, most: 1, takes: of(TruthType), yields: TruthType},
		"isNull":  {text: "IS NULL", least: 1, most: 1, takes: anything, yields: TruthType},
		"like":    {least: 2, most: 2, takes: of(TextType), yields: TruthType},
		"in":      {least: 2, most: 2, takes: anything, yields: TruthType},
		"between": {least: 3, most: 3, takes: of(NumberType, InstantType), yields: TruthType, sameTypes: true},
		"casei":   {least: 1, most: 1, takes: of(TextType), yields: TextType, isFunction: true},
		"accenti": {least: 1, most: 1, takes: of(TextType), yields: TextType, isFunction: true},
	}
	for _, op := range []string{"=", "<>", "<", ">", "<=", ">="} {
		all[op] = operator{least: 2, most: 2, takes: scalars, yields: TruthType, sameTypes: true}
	}
	for _, op := range []string{"+", "-", "*", "/", "%", "^", "div"} {
		all[op] = operator{least: 2, most: 2, takes: of(NumberType), yields: NumberType}
	}
	for _, op := range []string{"s_contains", "s_crosses", "s_disjoint", "s_equals", "s_intersects", "s_overlaps", "s_touches", "s_within"} {
		all[op] = relation(of(GeometryType), "")
	}
	for _, op := range []string{"t_after", "t_before", "t_disjoint", "t_equals", "t_intersects"} {
		all[op] = relation(of(InstantType, IntervalType), "")
	}
	for op, json := range map[string]string{
		"t_contains": "", "t_during": "", "t_finishedby": "t_finishedBy", "t_finishes": "", "t_meets": "", "t_metby": "t_metBy",
		"t_overlappedby": "t_overlappedBy", "t_overlaps": "", "t_startedby": "t_startedBy", "t_starts": "",
	} {
		all[op] = relation(of(IntervalType), json)
	}
	for op, json := range map[string]string{"a_equals": "", "a_contains": "", "a_containedby": "a_containedBy", "a_overlaps": ""} {
		o := relation(of(ListType), json)
		o.takesLists = true
		all[op] = o
	}
	return all
}()

func relation(takes set, json string) operator {
	return operator{json: json, least: 2, most: 2, takes: takes, yields: TruthType, isFunction: true}
}

// opsOfJSON are the Ops by their names in CQL2 JSON.
var opsOfJSON = func() map[string]string {
	ops := make(map[string]string, len(operators))
	for op := range operators {
		ops[jsonName(op)] = op
	}
	return ops
}()

// jsonName is how an Op is written in CQL2 JSON.
func jsonName(op string) string {
	if o := operators[op]; o.json != "" {
		return o.json
	}
	return op
}

// isPattern says whether e may stand behind LIKE: a text as it is, or with case or
// accents set aside.
func isPattern(e Expression) bool {
	if c, isCall := e.(Call); isCall {
		return slices.Contains([]string{"casei", "accenti"}, c.Op) && len(c.Args) == 1 && isPattern(c.Args[0])
	}
	_, isText := e.(Text)
	return isText
}
