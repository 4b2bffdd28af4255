package index

// Ready lists what of a state is made that is made when it is first asked for: the
// grids of cells by their bits, the grid of degrees, and for how many areas what
// lies in them.
func (s *Snapshot) Ready() (cells []uint, degrees bool, areas int) {
	l := s.anchors.lookup
	for bits := range l.grids {
		if l.grids[bits].cells != nil {
			cells = append(cells, uint(bits))
		}
	}
	s.sets.of.Range(func(any, any) bool { areas++; return true })
	return cells, l.ends != nil, areas
}
