package govuk

// Words are what components say when the page says nothing: labels of
// landmarks, hidden prefixes, and the sentences the script needs. %{count} is
// replaced by the script.
type Words struct {
	Error, Warning, Important, Success string
	ThereIsAProblem                    string // title of the error summary
	Back, Breadcrumb, Menu             string
	ServiceInformation, Contents       string
	Language                           string
	Pagination, Page                   string // Page stands before a number
	Previous, Next, HiddenPage         string // "Previous" and its hidden " page"
	Day, Month, Year                   string
	Show, Hide                         string // password
	ShowPassword, HidePassword         string
	PasswordShown, PasswordHidden      string
	Limit                              string // "You can enter up to %{count} characters"
	UnderLimitOne, UnderLimit          string
	AtLimit                            string
	OverLimitOne, OverLimit            string
	Emergency, ExitThisPage            string
	Exiting, ExitTimedOut              string
	PressTwoMore, PressOneMore         string

	// Script says that the script must be given its sentences too. It is false
	// only for English(), which the script knows by itself.
	Script bool
}

// English gives the words of govuk-frontend itself.
func English() Words {
	return Words{
		Error: "Error", Warning: "Warning", Important: "Important", Success: "Success",
		Back: "Back", Breadcrumb: "Breadcrumb", Menu: "Menu",
		ServiceInformation: "Service information", Contents: "Contents", Language: "Language",
		Pagination: "Pagination", Page: "Page",
		Previous: "Previous", Next: "Next", HiddenPage: " page",
		Show: "Show", ShowPassword: "Show password",
		Limit:     "You can enter up to %{count} characters",
		Emergency: "Emergency", ExitThisPage: "Exit this page",
	}
}

// Speak gathers the words from a translator, such as lang.Printer.T. The keys
// stand in the message files of this room.
func Speak(t func(key string, args ...any) string) Words {
	return Words{
		Error: t("govuk.error"), Warning: t("govuk.warning"), Important: t("govuk.important"), Success: t("govuk.success"),
		ThereIsAProblem: t("govuk.problem"),
		Back:            t("govuk.back"), Breadcrumb: t("govuk.breadcrumb"), Menu: t("govuk.menu"),
		ServiceInformation: t("govuk.service"), Contents: t("govuk.contents"), Language: t("govuk.language"),
		Pagination: t("govuk.pagination"), Page: t("govuk.page"),
		Previous: t("govuk.previous"), Next: t("govuk.next"),
		Day: t("govuk.day"), Month: t("govuk.month"), Year: t("govuk.year"),
		Show: t("govuk.password.show"), Hide: t("govuk.password.hide"),
		ShowPassword: t("govuk.password.show.label"), HidePassword: t("govuk.password.hide.label"),
		PasswordShown: t("govuk.password.shown"), PasswordHidden: t("govuk.password.hidden"),
		Limit:         t("govuk.count.limit"),
		UnderLimitOne: t("govuk.count.under.one"), UnderLimit: t("govuk.count.under.other"),
		AtLimit:      t("govuk.count.at"),
		OverLimitOne: t("govuk.count.over.one"), OverLimit: t("govuk.count.over.other"),
		ExitThisPage: t("govuk.exit"),
		Exiting:      t("govuk.exit.going"), ExitTimedOut: t("govuk.exit.timedout"),
		PressTwoMore: t("govuk.exit.two"), PressOneMore: t("govuk.exit.one"),
		Script: true,
	}
}
