package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/testkit/browser"
)

// TestJourneyOfWhatIsWrittenAndEnclosed is the day of who follows her: a note in the
// languages that came, put in order later; what she told already, read before she is
// asked; a photographed paper; a note that nobody else sees. On a telephone, in French.
func TestJourneyOfWhatIsWrittenAndEnclosed(t *testing.T) {
	browser.Start(t)
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without script": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			(&noting{planning{served: serveHouse(t, true, 0), options: o}}).walk()
		})
	}
}

type noting struct{ planning }

func (j *noting) walk() {
	j.followed()
	manager := j.in(j.account(access.CaseManager, "Umutekano"), j.options)
	screener, supervisor := j.in(j.account(access.Screener, "Umutekano"), j.options), j.in(j.account(access.Supervisor, "Umutekano"), j.options)
	before, logged := j.rows(), len(j.lines(0))
	j.jot(manager)
	j.sort(manager)
	j.listen(screener)
	j.enclose(manager)
	j.confide(manager, supervisor)
	j.left(before, logged)
}

// jot: three answers and some words; what was typed stands when one is missing.
func (j *noting) jot(p *browser.Page) {
	p.Visit(j.at(""))
	p.Press("Note rapide")
	p.Fill("La note", "Ameze neza. Hakuna simu leo, elle passe par sa tante.")
	p.Within("Est-elle en sécurité ?").Choose("Oui")
	p.Press("Garder la note")
	p.Sees("Il y a un problème", "Choisissez le prochain pas.", "Dites si elle est d’accord")
	if got := p.Value("La note"); !strings.HasPrefix(got, "Ameze neza.") {
		j.Errorf("lost: %q", got)
	}
	p.Select("Prochain pas", "Rappeler par le contact sûr")
	p.Within("Est-elle d’accord que ses mots soient gardés ?").Choose("Oui")
	p.PressTwice("Garder la note")
	p.Sees("La note est gardée.", "À classer", "Rappeler par le contact sûr")
	p.DoesNotSee("Hakuna simu")
	p.Fits()
}

// sort: what the note is about, and that the police heard it first.
func (j *noting) sort(p *browser.Page) {
	p.Visit("/notes/" + j.column("SELECT id FROM jotting")[0])
	p.Sees("Hakuna simu leo")
	p.Press("Classer la note")
	p.Tick("Le travail et la dette")
	p.Select("À qui elle l’a dit", "À la police")
	p.Press("Enregistrer")
	p.Sees("La note est classée.", "À la police", "Hakuna simu leo")
	j.picture(p, "note")
	p.Fits()
}

// listen: she was heard twice already; once more needs a reason.
func (j *noting) listen(p *browser.Page) {
	p.Visit(j.at("/screen"))
	p.Sees("Elle a déjà raconté 2 fois", "Ce qu’elle a déjà raconté", "À la police", "Pourquoi l’entendre encore une fois ?")
	p.Within("Êtes-vous dans un endroit sûr où personne n’entend ?").Choose("Oui")
	p.Within("Les personnes qui l’accompagnent sont-elles ailleurs ?").Choose("Oui")
	p.Choose("Pas besoin d’interprète")
	p.Press("Commencer")
	p.Sees("Il y a un problème", "Dites pourquoi l’entendre encore.")
	p.Choose("Elle le demande")
	j.picture(p, "told")
	p.Fits()
	p.Press("Commencer")
	if !strings.Contains(p.URL(), "/screenings/") {
		j.Errorf("the conversation does not begin: %s", p.URL())
	}
}

// enclose: a large photograph of a paper becomes a small one that says nothing of
// the camera, before it leaves the device however quick she is, and once more after.
func (j *noting) enclose(p *browser.Page) {
	photo := photographed(j.T)
	path := filepath.Join(j.TempDir(), "papier de santé.jpg")
	j.must(os.WriteFile(path, photo, 0o600))
	p.Visit(j.at(""))
	p.Press("Joindre un fichier")
	p.Choose("Papier médical")
	p.Within("Le fichier montre-t-il le visage de quelqu’un ?").Choose("Non")
	p.Press("Joindre")
	p.Sees("Il y a un problème", "Choisissez un fichier")
	p.Attach("file", path)
	j.picture(p, "attach")
	if !j.options.NoScript {
		left := p.Sends("Joindre", "file")
		size, _, err := image.DecodeConfig(bytes.NewReader(left))
		if err != nil || size.Width != 1200 || size.Height != 1600 || bytes.Contains(left, []byte(camera)) || len(left) >= len(photo) {
			j.Errorf("what leaves the browser: %d of %d bytes, %d by %d, %v", len(left), len(photo), size.Width, size.Height, err)
		}
	}
	p.Press("Joindre")
	p.Sees("Le fichier est joint.", "Papier médical")
	p.Visit("/attachments/" + j.column("SELECT id FROM attachment")[0])
	p.Sees("papier de santé.jpg", "Télécharger", "Effacez-le après lecture")
	p.Fits()
}

// camera is what the camera of the tests writes into a photograph.
const camera = "INVENTED CAMERA"

// photographed is a photograph of noise, 2400 by 1800, taken with the camera on
// its side (EXIF orientation 6: to be turned by a quarter).
func photographed(t *testing.T) []byte {
	t.Helper()
	noise, r := image.NewGray(image.Rect(0, 0, 2400, 1800)), rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(r.Uint32())
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, noise, nil); err != nil {
		t.Fatal(err)
	}
	// Two entries: who made the camera (by reference, after them), and how it was held.
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x02" +
		"\x01\x0f\x00\x02\x00\x00\x00\x10\x00\x00\x00\x26" +
		"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" +
		"\x00\x00\x00\x00" + camera + "\x00"
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(head, plain.Bytes()[2:]...)
}

// confide: a note for its author; the supervisor is told of nothing.
func (j *noting) confide(p, supervisor *browser.Page) {
	p.Visit(j.at(""))
	p.Press("Note confidentielle")
	p.Choose("Psychosocial")
	p.Fill("La note", "Elle ne dort pas.")
	p.Press("Garder sous scellé")
	p.Sees("La note est gardée sous scellé.", "Elle ne dort pas.")
	j.picture(p, "sealed")
	p.Fits()
	supervisor.Visit(j.at(""))
	supervisor.DoesNotSee("Psychosocial")
	supervisor.Visit("/sealed")
	supervisor.Sees("Aucune note confidentielle ne vous nomme.")
}

// left is what the journey leaves: these acts by these roles, these rows, and nothing else.
func (j *noting) left(before map[string]int, logged int) {
	var acts []string
	reads := map[string]bool{}
	for _, line := range j.lines(logged) {
		act := string(line.Role) + " " + string(line.Action)
		switch {
		case line.Refusal != "":
			j.Errorf("refused: %s %s", act, line.Refusal)
		case strings.HasSuffix(string(line.Action), ".read"):
			reads[act] = true
		case len(acts) == 0 || acts[len(acts)-1] != act:
			acts = append(acts, act)
		}
	}
	if got := strings.Join(acts, "\n"); got != noteDeeds {
		j.Errorf("the log says:\n%s\nnot:\n%s", got, noteDeeds)
	}
	if got := strings.Join(slices.Sorted(maps.Keys(reads)), "\n"); got != noteReadings {
		j.Errorf("these read:\n%s\nnot:\n%s", got, noteReadings)
	}
	if got := strings.Join(grown(before, j.rows()), "\n"); got != noteLeftovers {
		j.Errorf("these rows are new:\n%s\nnot:\n%s", got, noteLeftovers)
	}
	j.holds()
}

const noteDeeds = `case_manager jotting.write
case_manager jotting.sort
screener screening.start
case_manager attachment.add
case_manager sealed_note.write`

const noteReadings = `case_manager attachment.read
case_manager case.read
case_manager jotting.read
case_manager sealed_note.read
screener case.read
screener jotting.read
screener screening.read
supervisor case.read`

const noteLeftovers = `attachment +1
attachment_body +1
event +4
history +1
jotting +1
screening +1
sealed_note +1
sealed_reader +1
subject_key +1`
