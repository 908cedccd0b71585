package account

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/pquerna/otp/totp"
	"golang.org/x/net/html"

	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

// noteBody is the page of work.
func noteBody(v shell.View) templ.Component {
	return govuk.Join(v.Title("Travail"), templ.Raw(`<form method="post" action="/work">`),
		govuk.Textarea{Name: "text", Label: govuk.Label{Text: "Texte"}, Value: v.Value("text")}, govuk.Button{Text: "Envoyer"}, templ.Raw(`</form>`))
}

// keyInApp is the key to type into an app by hand.
var keyInApp = regexp.MustCompile(`([A-Z2-7]{4} ){7}[A-Z2-7]{4}`)

const strong = "huit grenouilles sous la tente"

// enter walks from the temporary password into the program, with a sheet.
func (b *reader) enter(name, temporary string) []string {
	b.Helper()
	b.open("/work").at(shell.SignInPath)
	b.send(shell.SignInPath, "name", name, "password", temporary).at(shell.EnrolPath, "Choisir un second code")
	b.send(shell.EnrolPath, "how", "sheet").at(shell.EnrolPath, "ne sera plus montrée")
	codes := sheetCode.FindAllString(b.page, -1)
	if len(codes) != 10 {
		b.Fatalf("%d codes", len(codes))
	}
	b.send(enrolSheetPath, "code", codes[0]).at(shell.PasswordPath, "provisoire")
	b.send(shell.PasswordPath, "password", strong, "again", strong).at(shell.ConductPath, edition)
	b.send(shell.ConductPath, "accept", "yes").at("/work", "Travail", "Maison du Lac")
	return codes
}

func TestFromATemporaryPasswordToWork(t *testing.T) {
	p := newPorch(t)
	_, temporary := p.person("keza", access.Screener)
	b := p.reader()

	b.open("/work").at(shell.SignInPath, "Se connecter")
	b.send(shell.SignInPath, "name", "", "password", "").at(shell.SignInPath, "Répondez à cette question")
	b.send(shell.SignInPath, "name", "keza", "password", "wrong").at(shell.SignInPath, "n’est pas le bon").misses("wrong")
	b.send(shell.SignInPath, "name", "nobody", "password", "wrong").at(shell.SignInPath, "n’est pas le bon")
	b.send(shell.SignInPath, "name", "Keza ", "password", temporary).at(shell.EnrolPath)

	b.open("/work").at(shell.EnrolPath) // no step is skipped
	b.send(shell.EnrolPath).at(shell.EnrolPath, "Répondez à cette question")
	b.send(shell.EnrolPath, "how", "app").at(enrolAppPath, "<svg", "appareil photo")
	secret := strings.ReplaceAll(keyInApp.FindString(b.page), " ", "")
	b.send(enrolAppPath, "code", "000000").at(enrolAppPath, "n’est pas le bon", "<svg")
	code, err := totp.GenerateCode(secret, p.now())
	p.must(err)
	b.send(enrolAppPath, "code", code).at(shell.PasswordPath)

	b.send(shell.PasswordPath, "password", "short", "again", "short").at(shell.PasswordPath, "au moins")
	b.send(shell.PasswordPath, "password", strong, "again", "other").at(shell.PasswordPath, "pas pareils").misses(strong)
	b.send(shell.PasswordPath, "password", strong, "again", strong).at(shell.ConductPath)
	b.send(shell.ConductPath).at(shell.ConductPath, "Sans cet engagement")
	b.send(shell.ConductPath, "accept", "yes").at("/work", "Travail")
	b.open(shell.SignInPath).at("/work") // who is in needs no door

	b.send(shell.SignOutPath).at(shell.SignInPath)
	b.open("/work").at(shell.SignInPath)
	b.send(shell.SignInPath, "name", "keza", "password", strong).at(shell.SecondPath, "6 chiffres")
	b.send(shell.SecondPath, "code", code).at(shell.SecondPath, "déjà servi") // a code is good once
	p.pass(time.Minute)
	code, err = totp.GenerateCode(secret, p.now())
	p.must(err)
	b.send(shell.SecondPath, "code", code).at("/work")
}

func TestALockedSessionGivesBackWhatWasTyped(t *testing.T) {
	p := newPorch(t)
	_, temporary := p.person("keza", access.Screener)
	b := p.reader()
	codes := b.enter("keza", temporary)

	p.pass(20 * time.Minute)
	b.send("/work", "text", "elle a dit <oui>\net encore").at(shell.UnlockPath, "est gardé").misses("elle a dit", "Keza")
	b.send(shell.UnlockPath, "password", "wrong").at(shell.UnlockPath, "pas votre mot de passe")
	b.send(shell.UnlockPath, "password", strong).at(shell.KeptPath, "Vous êtes de retour")
	b.send("/work").at("/work", "elle a dit <oui>\net encore", "Rien n’est encore enregistré")
	b.send("/work", "text", "elle a dit <oui>").at("/work")
	if b.code != 200 {
		t.Error(b.code)
	}
	b.open(shell.AccountPath).sees("Mon compte").misses("Textes gardés")

	p.pass(20 * time.Minute) // a page that is only read leads back to itself
	b.open(sessionsPath).at(shell.UnlockPath)
	b.send(shell.UnlockPath, "password", strong).at(sessionsPath)

	b.open(shell.AccountPath).send(lockPath).at(shell.UnlockPath)
	b.send(shell.UnlockPath, "password", strong).at("/work")

	b.open("/work")
	p.pass(13 * time.Hour) // the session reached its absolute end
	b.send("/work", "text", "avant la fin").at(shell.SignInPath, "est gardé")
	b.send(shell.SignInPath, "name", "keza", "password", strong).at(shell.SecondPath)
	b.send(shell.SecondPath, "code", codes[1]).at(shell.KeptPath, "Vous êtes de retour")
	b.open(shell.AccountPath).sees("Textes gardés")
	b.open(shell.KeptAt("/work")).send(shell.KeptPath).at("/work")
	b.open(shell.AccountPath).misses("Textes gardés")
}

func TestSessionsAreListedAndRevoked(t *testing.T) {
	p := newPorch(t)
	_, temporary := p.person("keza", access.Screener)
	here, lost := p.reader(), p.reader()
	codes := here.enter("keza", temporary)
	lost.open("/work").send(shell.SignInPath, "name", "keza", "password", strong).send(shell.SecondPath, "code", codes[1]).at("/work")
	here.open(sessionsPath).sees("(celle-ci)", "Fermer cette session")
	here.send(sessionsPath).at(sessionsPath, "La session est fermée").misses("Fermer cette session")
	lost.open("/work").at(shell.SignInPath)
	here.open(contactPath).send(contactPath, "sms", "22 22 22", "mail", "").at(contactPath, "indicatif du pays", `value="22 22 22"`)
	here.send(contactPath, "sms", "+257 79 12 34 56", "mail", "keza@example.org", "lang", "en").at(shell.AccountPath, "My account")
	here.open(contactPath).sees(`value="+25779123456"`, "keza@example.org")
}

func TestSeveralPosts(t *testing.T) {
	p := newPorch(t)
	_, temporary := p.person("keza", access.Screener, access.Supervisor)
	b := p.reader()
	b.open("/work").send(shell.SignInPath, "name", "keza", "password", temporary)
	b.send(shell.EnrolPath, "how", "sheet")
	b.send(enrolSheetPath, "code", sheetCode.FindString(b.page)).send(shell.PasswordPath, "password", strong, "again", strong)
	b.send(shell.ConductPath, "accept", "yes").at(shell.PostPath, "plusieurs fonctions", "Maison du Lac")
	b.send(shell.PostPath).at(shell.PostPath, "Répondez")
	posts := regexp.MustCompile(`name="post" type="radio" value="([^"]+)"`).FindAllStringSubmatch(b.page, -1)
	if len(posts) != 2 {
		t.Fatalf("%d posts:\n%s", len(posts), b.page)
	}
	first := b.send(shell.PostPath, "post", posts[0][1]).at("/work").account()
	b.open(shell.PostPath).at(shell.PostPath, "checked")
	if second := b.send(shell.PostPath, "post", posts[1][1]).at("/work").account(); first == second {
		t.Errorf("both posts are %q", first)
	}
}

func TestAccountsAreKept(t *testing.T) {
	p := newPorch(t)
	_, admin := p.person("admin", access.Administrator)
	_, plain := p.person("keza", access.Screener)
	b := p.reader()
	b.enter("admin", admin)
	b.open(accountsPath).at(accountsPath, "Keza", "Comptes")
	b.open(addPath).send(addPath, "name", "é", "shown", "", "role", "screener", "org", "").at(addPath, "Répondez à cette question")
	b.send(addPath, "name", "ntare", "shown", "Ntare Bigirimana", "role", "duty_officer", "org", p.org.String(), "place", "BI-2025-1")
	if b.code == 422 { // the code of a province is country data
		b.send(addPath, "name", "ntare", "shown", "Ntare Bigirimana", "role", "duty_officer", "org", p.org.String())
	}
	b.at(addPath, "Mot de passe provisoire", "Ntare Bigirimana")
	b.open(accountsPath).sees("Ntare Bigirimana")
	one := regexp.MustCompile(`href="(/accounts/[0-9a-f-]{36})">Ntare`).FindStringSubmatch(b.page)[1]
	b.open(one).at(one, "Personne de garde", "Donner une fonction", "Fermer ce compte")
	b.open(one+"/edit").send(one+"/edit", "shown", "Ntare B.").at(one, "Ntare B.", "enregistré")
	b.open(one+"/posts").send(one+"/posts", "role", "police", "org", p.org.String()).at(one + "/posts")
	if b.code != 422 {
		t.Errorf("a post on both sides of the wall: %d", b.code)
	}
	b.open(one+"/posts").send(one+"/posts", "role", "screener", "org", p.org.String(), "until-day", "31", "until-month", "12", "until-year", "2026").at(one, "donnée", "au 31 décembre 2026")
	b.send(one+"/posts/end").at(one, "terminée")
	b.send(one+"/close").at(one, "fermé").send(one+"/open").at(one, "rouvert")
	b.open(one+"/reset").send(one+"/reset", "what", "password").at(one+"/reset", "Répondez")
	b.send(one+"/reset", "what", "password", "reason", "forgotten").at(one+"/reset", "Mot de passe provisoire")
	b.open(orgsPath).send(orgsPath, "name", "Abri des Collines", "kind", "shelter").at(orgsPath, "Abri des Collines", "ajoutée")

	stranger := p.reader()
	stranger.enter("keza", plain)
	stranger.misses("Comptes")
	stranger.open(accountsPath)
	if stranger.code != 403 {
		t.Errorf("the list answers %d", stranger.code)
	}
	stranger.open(one)
	code, page := stranger.code, stranger.page
	if stranger.open("/accounts/01932b7e-0000-7000-8000-000000000001"); code != 404 || page != stranger.page {
		t.Errorf("an account that may not be known answers %d, and not like one that does not exist", code)
	}
}

func TestASupervisorHelpsAtNight(t *testing.T) {
	p := newPorch(t)
	_, first := p.person("chantal", access.Supervisor)
	id, second := p.person("keza", access.Screener)
	chief, b := p.reader(), p.reader()
	chief.enter("chantal", first)
	b.enter("keza", second)
	path := accountsPath + "/" + id.String()
	chief.open(path).at(path, "Aider à se reconnecter").misses("Donner une fonction", "Fermer ce compte")
	chief.open(path+"/reset").send(path+"/reset", "what", "password", "what", "factor", "reason", "lost_phone").sees("Mot de passe provisoire")
	temporary := regexp.MustCompile(`[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}`).FindString(chief.page)
	b.open("/work").at(shell.SignInPath)
	b.send(shell.SignInPath, "name", "keza", "password", temporary).at(shell.EnrolPath)
	b.send(shell.EnrolPath, "how", "sheet")
	b.send(enrolSheetPath, "code", sheetCode.FindString(b.page)).at(shell.PasswordPath)
	b.send(shell.PasswordPath, "password", strong+" et deux", "again", strong+" et deux").at("/work")
	b.open(shell.AccountPath).sees("Un responsable a réinitialisé votre accès")
}

func TestNobodyIsSentAwayToAnotherSite(t *testing.T) {
	p := newPorch(t)
	_, temporary := p.person("keza", access.FocalPoint)
	b := p.reader()
	b.open(shell.SignInPath + "?next=" + url.QueryEscape("https://evil.example/")).misses("evil")
	b.open(shell.SignInPath + "?next=%2F%2Fevil.example").misses("evil")
	b.send(shell.SignInPath, "name", "keza", "password", temporary)
	if !strings.HasPrefix(b.path, "/account") {
		t.Error(b.path)
	}
}

// account is what the header says of the reader.
func (b *reader) account() string {
	n := find(b.doc, func(n *html.Node) bool { return n.Data == "a" && attr(n, "href") == shell.AccountPath })
	if n == nil || n.FirstChild == nil {
		b.Fatal("nobody is named")
	}
	return n.FirstChild.Data
}
