package geo

import (
	"errors"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json"
)

// DecodeMembers reads some members of a feature's properties from what
// EncodeFeature wrote, and leaves the rest of the record empty, id and geometry too:
// a filter that asks for one property of a million records decodes no other. It
// trusts the bytes as Brief.Read does. The error is Invalid.
func DecodeMembers(k Kind, feature []byte, names []string) (Record, error) {
	r := newRecord(k)
	parts, whole := CutFeature(feature)
	if r == nil || !whole {
		return nil, Errorf(Invalid, "no feature of the %s", k)
	}
	if e, isEvent := r.(*Event); isEvent {
		e.Incidents = 1
	}
	fields, into, found := fieldIndices[k], reflect.ValueOf(r).Elem(), 0
	err := Members(parts.Properties, func(name, value []byte) error {
		if found == len(names) {
			return errEnough
		}
		if !slices.Contains(names, string(name)) {
			return nil
		}
		i, known := fields[string(name)]
		if !known {
			return Errorf(Invalid, "%s have no property %q", k, Quote(string(name)))
		}
		if err := json.Unmarshal(value, into.Field(i).Addr().Interface()); err != nil {
			return Errorf(Invalid, "property %q: %s", name, jsonFault(err))
		}
		found++
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return r, err
}

// errEnough ends the reading of members when all that are wanted are read.
var errEnough = errors.New("the rest is not wanted")

// fieldIndices says which field of a kind's struct holds a property.
var fieldIndices = func() map[Kind]map[string]int {
	all := make(map[Kind]map[string]int)
	for _, k := range Kinds() {
		all[k] = make(map[string]int)
		t := reflect.TypeOf(newRecord(k)).Elem()
		for i := range t.NumField() {
			if name := jsonName(t.Field(i)); name != "-" {
				all[k][name] = i
			}
		}
	}
	return all
}()
