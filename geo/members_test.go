package geo_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/go-json-experiment/json/jsontext"
)

// listMembers writes down what Members says.
func listMembers(object []byte) (list []string, err error) {
	err = geo.Members(object, func(name, value []byte) error {
		list = append(list, string(name)+" is "+string(value))
		return nil
	})
	return list, err
}

func TestMembers(t *testing.T) {
	for in, want := range map[string]string{
		`{}`:                            "",
		" {\n}\t\r\n":                   "",
		`{"a":1,"b":"x"}`:               `a is 1|b is "x"`,
		`{ "a" : -1.5e+3 , "":0 }`:      `a is -1.5e+3| is 0`,
		`{"a":true,"b":false,"c":null}`: `a is true|b is false|c is null`,
		`{"a\"b":"c\\","d":"\\\\\"","e":"long \\\" enough"}`:                            `a\"b is "c\\"|d is "\\\\\""|e is "long \\\" enough"`,
		`{"a":{"b":["}",{"c":"]\"}"}]},"d":[[],{}]}`:                                    `a is {"b":["}",{"c":"]\"}"}]}|d is [[],{}]`,
		`{"လား":"ရှိုး","a":1,"a":2}`:                                                   `လား is "ရှိုး"|a is 1|a is 2`,
		`{"a":` + strings.Repeat("[", 99_999) + strings.Repeat("]", 99_999) + `,"b":1}`: `a is ` + strings.Repeat("[", 99_999) + strings.Repeat("]", 99_999) + `|b is 1`,
	} {
		list, err := listMembers([]byte(in))
		if got := strings.Join(list, "|"); err != nil || got != want {
			t.Errorf("%.99s: %.99s, %v", in, got, err)
		}
	}
}

func TestMembersRefuse(t *testing.T) {
	for _, in := range []string{``, ` `, `[]`, `"a"`, `null`, `1`, `{`, `}`, `{"a"}`, `{"a":}`, `{"a":1`, `{"a":1,}`, `{,}`, `{,"a":1}`, `{"a":1 "b":2}`, `{"a":1}}`, `{"a":1}{}`,
		`{a:1}`, `{"a:1}`, `{"a":"b}`, `{"a":"b\"}`, `{"a":[}`, `{"a":[1}`, `{"a":x}`, `{"a":tru}`, `{"a":truex}`, `{"a":01}`, `{"a":1.}`, `{"a":-}`, `{"a":1e}`, `{"a":+1}`, `{"a":1x}`, `{"a"=1}`, "{\"a\":1}\x00"} {
		if list, err := listMembers([]byte(in)); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%s: %q, %v", in, list, err)
		}
	}
}

func TestMembersGivesNoBrokenMember(t *testing.T) {
	for _, in := range []string{`{"a":1,"b":tru}`, `{"a":1,"b":"`, `{"a":1,b":1}`, `{"a":1,"b" 1}`, `{"a":1,"b":[`} {
		if list, err := listMembers([]byte(in)); err == nil || strings.Join(list, "|") != "a is 1" {
			t.Errorf("%s: %q, %v", in, list, err)
		}
	}
}

func TestMembersStopsAtAnError(t *testing.T) {
	enough := errors.New("enough")
	n := 0
	err := geo.Members([]byte(`{"a":1,"b":2,"c":!`), func(name, _ []byte) error {
		if n++; string(name) == "b" {
			return enough
		}
		return nil
	})
	if err != enough || n != 2 {
		t.Error(n, err)
	}
}

// decodedMembers is what the JSON package finds in an object.
func decodedMembers(object []byte) (list []string, err error) {
	d := jsontext.NewDecoder(strings.NewReader(string(object)), jsontext.AllowDuplicateNames(true))
	if token, err := d.ReadToken(); err != nil || token.Kind() != '{' {
		return nil, errors.New("not an object")
	}
	for d.PeekKind() != '}' {
		name, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		line := string(name[1:len(name)-1]) + " is "
		value, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		list = append(list, line+string(value))
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return nil, errors.New("more than one value")
	}
	return list, nil
}

func FuzzMembers(f *testing.F) {
	for _, s := range []string{`{"a":{"b":["}",{"c":"]\"}"}]},"d":[[],{}]}`, ` { "a\\" : -1.5e+3 , "":0 } `, `{"a":true,"b":null}`, `{"a":"b\\\"}`, `{`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, object []byte) {
		list, err := listMembers(object)
		if err != nil && geo.CodeOf(err) != geo.Invalid {
			t.Fatalf("an error without a code: %v", err)
		}
		want, notJSON := decodedMembers(object)
		if notJSON != nil {
			return // Members does not look into what it skips
		}
		if err != nil || strings.Join(list, "\n") != strings.Join(want, "\n") {
			t.Fatalf("%q, %v, not %q", list, err, want)
		}
	})
}
