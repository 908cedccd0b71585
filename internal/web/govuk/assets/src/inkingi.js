// The script of every page. Each page works without it; it only adds comfort:
// focus on the faults, hidden questions until they are asked, a count of what
// is left, one press instead of two, and a quick way out by keyboard.
//
// Built by tools/assets into ../dist, which is committed.

import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { Tabs } from "govuk-frontend/dist/govuk/components/tabs/tabs.mjs";

// Exit leaves without a trace in the back button: who looks over a shoulder
// afterwards must not get back here with one press.
class Exit extends ExitThisPage {
  exitPage() {
    super.exitPage();
    window.location.replace(this.$button.href);
  }
}

// A radio button has no expanded state in ARIA: what is revealed follows it in
// the page and is found by reading on.
class Choice extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

const components = [
  Button, CharacterCount, Checkboxes, ErrorSummary, Exit, NotificationBanner,
  PasswordInput, Choice, ServiceNavigation, SkipLink, Tabs,
];

// govuk-frontend's own page sets these classes by an inline script, which our
// content security policy forbids; this module is deferred, so the body is there.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const Component of components) {
  for (const root of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    try {
      new Component(root);
    } catch (error) {
      console.warn(error); // one broken component must not take the others along
    }
  }
}

// The languages in the header lead to buttons after the form, which keep what is
// typed; here one press does both.
for (const link of document.querySelectorAll('.govuk-language-navigation__link[href^="#"]')) {
  link.addEventListener("click", (event) => {
    const button = document.getElementById(link.hash.slice(1));
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
}

// The list of what is wrong takes the focus and is scrolled to. Where the way out
// stays at the top of a phone's screen, what stands around the list would lie half
// under it: the page is shown from where the way out begins instead.
if (document.querySelector(".govuk-error-summary")) {
  document.querySelector(".govuk-exit-this-page")?.parentElement.scrollIntoView();
}

for (const button of document.querySelectorAll("[data-ink-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A photograph is made small before it leaves the device, and with that loses what
// the camera wrote into it; a form sent while that lasts waits for it. The server
// does the same again, and does it where the browser can't.
for (const input of document.querySelectorAll("input[data-ink-shrink]")) {
  let shrinking;
  input.addEventListener("change", () => {
    shrinking = shrink(input).catch(console.warn).finally(() => (shrinking = undefined));
  });
  input.form.addEventListener("submit", (event) => {
    if (!shrinking) return;
    event.preventDefault();
    shrinking.then(() => input.form.requestSubmit());
  });
}

async function shrink(input) {
  const [file] = input.files;
  if (!file || !/^image\/(jpeg|png)$/.test(file.type)) return;
  // Upright as it was held. A browser that can't turn it leaves it to the server.
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, input.dataset.inkShrink / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, picture.width * scale);
  canvas.height = Math.max(1, picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
  if (!small || input.files[0] !== file) return; // another was chosen meanwhile
  const chosen = new DataTransfer();
  chosen.items.add(new File([small], file.name, { type: small.type }));
  input.files = chosen.files;
}
