// Package testkit is the bench: engines to run a test on, and what journeys
// need. Only tests import it; people in it come from an invented country.
package testkit
