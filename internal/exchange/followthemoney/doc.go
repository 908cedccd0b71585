// Package followthemoney writes one criminal file as FollowTheMoney entities, one JSON
// object a line, for tools that investigators use (Aleph, OpenAleph, yente and others).
//
// The schema is the public one of followthemoney, kept by OpenSanctions
// (github.com/opensanctions/followthemoney) and before by OCCRP
// (github.com/alephdata/followthemoney), version 3 and 4; the schemata and properties
// that are written here are listed in testdata/schemata.tsv with their types. An entity
// has an id, a schema, and properties that are lists of strings.
//
// Only who is alleged in the file leaves, and each says so: presumed innocent. Nobody
// who was harmed is ever in it. The package decides nothing about who may take a file
// out: texts open with the reader's grant, and the caller keeps the entry.
package followthemoney
