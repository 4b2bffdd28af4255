// Package data keeps the records: a Store, which is one bbolt file with an
// append-only log of changes, and the Catalog over it, the one door for every
// edit and the one place that answers questions.
package data
