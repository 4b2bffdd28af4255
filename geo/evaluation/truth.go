package evaluation

// Truth is CQL2's: yes, no, or not known where a value that it hangs on is not.
type Truth uint8

// The truths. A filter matches only what is True.
const (
	Unknown Truth = iota
	False
	True
)

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

func not(t Truth) Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	}
	return Unknown
}

// all is False where one is, else Unknown where one is: AND.
func all(truths ...Truth) Truth {
	t := True
	for _, each := range truths {
		switch {
		case each == False:
			return False
		case each == Unknown:
			t = Unknown
		}
	}
	return t
}

// some is True where one is, else Unknown where one is: OR.
func some(truths ...Truth) Truth {
	t := False
	for _, each := range truths {
		switch {
		case each == True:
			return True
		case each == Unknown:
			t = Unknown
		}
	}
	return t
}
