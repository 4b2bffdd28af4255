// Package geo holds the words of conflictmap - places, areas, events, actors,
// datasets, changes and the filter - and the computing with them. It knows
// no files, no network and no store.
//
// Every record is written as one GeoJSON Feature (RFC 7946) whose properties
// stand last, so that a writer can add to a stored feature without decoding it.
// Positions are longitude, latitude in degrees of WGS 84. Times are UTC.
package geo
