// Package index answers filters from memory. A Snapshot is one state of all
// records; it never changes, so that readers need no lock, and the next state is a
// new Snapshot. What may not leave is in it, for others depend on it, and no answer
// shows it. It knows where a record stands in the log (its sequence number) and not
// its bytes.
package index
