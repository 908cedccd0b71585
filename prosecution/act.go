package prosecution

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Act is one act of the investigation: a statement, a search, a seizure, an expert,
// a delegation, mutual legal assistance. It never changes.
type Act struct {
	ID    ids.Act
	File  ids.File
	Owner ids.Org
	Kind  string // code list "file_act"
	On    date.Day
	Words vault.Text
	By    ids.Account
	At    time.Time
}
