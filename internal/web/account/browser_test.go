package account

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"inkingi/internal/access"
	"inkingi/internal/testkit/browser"
	"inkingi/internal/web/shell"
)

func TestMain(m *testing.M) { browser.Main(m) }

// TestSigningInInABrowser walks through the door in a real browser, with a real
// authenticator code, and looks at each page with axe: on a telephone and on a
// desk, with script and without.
func TestSigningInInABrowser(t *testing.T) {
	for name, options := range map[string]browser.Options{
		"phone": browser.Phone(), "desk": browser.Desk(), "without script": browser.Phone().WithoutScript(),
	} {
		t.Run(name, func(t *testing.T) {
			p := newPorch(t)
			_, temporary := p.person("keza", access.Screener, access.Supervisor)
			page := browser.Start(t).Page(t, p.url, options)
			look := func() {
				t.Helper()
				page.Fits()
				if !options.NoScript {
					page.Axe()
				}
			}
			page.Visit("/work")
			look()
			page.Press("Se connecter")
			page.Sees("Il y a un problème", "Répondez à cette question")
			look()
			page.Fill("Nom de connexion", "keza")
			page.Fill("Mot de passe", temporary)
			page.Press("Se connecter")
			look()
			page.Choose("Une application sur mon téléphone")
			page.Press("Continuer")
			look()
			secret := strings.ReplaceAll(keyInApp.FindString(page.HTML()), " ", "")
			code, err := totp.GenerateCode(secret, p.now())
			p.must(err)
			page.Fill("Code", code)
			page.Press("Confirmer")
			look()
			page.Fill("Nouveau mot de passe", strong)
			page.Fill("Encore une fois", strong)
			page.Press("Enregistrer")
			look()
			page.Tick("J’ai lu, et je m’y engage")
			page.Press("Continuer")
			look()
			page.Choose("Superviseur ou superviseure")
			page.Press("Continuer")
			page.Sees("Travail", "Maison du Lac")
			look()

			page.Fill("Texte", "ce qu’elle a dit")
			p.pass(time.Hour)
			page.Press("Envoyer")
			page.Sees("Session verrouillée", "est gardé")
			look()
			page.Fill("Mot de passe", strong)
			page.Press("Déverrouiller")
			look()
			page.Press("Reprendre là où j’étais")
			page.Sees("Rien n’est encore enregistré")
			if got := page.Value("Texte"); got != "ce qu’elle a dit" {
				t.Errorf("the form holds %q", got)
			}
			look()
			for _, path := range []string{shell.AccountPath, sessionsPath, contactPath, shell.EnrolPath, shell.PasswordPath, accountsPath, orgsPath, "/nowhere"} {
				page.Visit(path)
				look()
			}
			page.Follow("English")
			page.Sees("Page not found")
			page.Visit(shell.AccountPath)
			page.Press("Sign out")
			page.Sees("Sign in")
		})
	}
}
