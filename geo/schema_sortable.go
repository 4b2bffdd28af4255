package geo

// SortableSchema is the JSON Schema of what the items of a kind can be sorted by.
func SortableSchema(k Kind) JSONSchema {
	seen := QueryableProperties(k)
	var list []Property
	for _, name := range Sortables(k) {
		p, known := PropertyOf(seen, name)
		if !known {
			p = Property{Title: "Change", Meaning: "The number of the record's last change.", Type: IntegerProperty}
		}
		if p.Name = name; p.Codes != nil {
			p.Meaning += " Sorted in the order of the codes."
		}
		list = append(list, p)
	}
	return SchemaOf(list)
}
