// Package index answers filters from memory. A Snapshot is one state of all
// records that may leave the program; it never changes, so that readers need no
// lock, and the next state is a new Snapshot. It knows where a record stands in
// the log (its sequence number) and not its bytes.
package index
