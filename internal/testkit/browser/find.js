// Finds elements by what is written on them, as the person in front of the page
// reads it. Evaluated by the developer tools in find.go; never sent to a page.
const tidy = s => (s || '').replace(/[\s\u00a0\u202f]+/g, ' ').replace(/\u2019/g, "'").trim();

function visible(e) {
  if (!e.isConnected || e.closest('[hidden]')) return false;
  const r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return r.width > 0 && r.height > 0 && s.visibility !== 'hidden' && s.display !== 'none';
}

// part is the smallest part of the page in which a text stands.
function part(text) {
  if (!text) return document;
  const kinds = 'fieldset,tr,li,form,section,article,aside,nav,header,footer,main,details,' +
    '.govuk-form-group,.govuk-summary-list__row,.govuk-summary-card';
  let best = null;
  for (const e of document.querySelectorAll(kinds)) {
    const all = tidy(e.textContent);
    if (visible(e) && all.includes(tidy(text)) && (!best || all.length < tidy(best.textContent).length)) best = e;
  }
  return best;
}

// said lists what is written on an element: what is seen, what is also read aloud.
function said(e) {
  return [e.innerText, e.textContent, e.getAttribute('aria-label'), e.value && e.tagName === 'INPUT' ? e.value : '']
    .map(tidy).filter(Boolean);
}

// named gives the controls whose label says the text.
function named(root, selector, text) {
  const found = [];
  for (const e of root.querySelectorAll(selector)) {
    const labels = [...(e.labels || [])].flatMap(said).concat(tidy(e.getAttribute('aria-label')));
    if (labels.includes(tidy(text))) found.push(e);
  }
  return found;
}

const fields = 'textarea,input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=submit]):not([type=button]):not([type=file])';

function candidates(kind, text, root) {
  const written = selector => [...root.querySelectorAll(selector)].filter(e => said(e).includes(tidy(text)));
  switch (kind) {
    case 'button': return written('button,input[type=submit],input[type=button],a[role=button]');
    case 'link': return written('a[href]');
    case 'any': return written('button,input[type=submit],a[href],summary,[role=button],[role=tab]');
    case 'field': return named(root, fields, text);
    case 'list': return named(root, 'select', text);
    case 'radio': return named(root, 'input[type=radio]', text);
    case 'box': return named(root, 'input[type=checkbox]', text);
    case 'choice': return named(root, 'input[type=radio],input[type=checkbox]', text);
  }
  return [];
}

// one gives the one element that is meant, or why there is none.
function one(kind, text, within) {
  const root = part(within);
  if (!root) return {why: 'no part of the page says ' + within};
  const found = candidates(kind, text, root).filter(e =>
    visible(e) || [...(e.labels || [])].some(visible));
  if (found.length === 0) return {why: 'not there'};
  if (found.length > 1) return {why: found.length + ' of them; look within a part'};
  return {e: found[0]};
}

// spot answers where to click, once the element is in view and nothing lies on it.
function spot(kind, text, within) {
  const {e, why} = one(kind, text, within);
  if (why) return {x: 0, y: 0, on: false, why, value: ''};
  const box = e.type === 'radio' || e.type === 'checkbox';
  const target = box && e.labels && e.labels.length ? e.labels[0] : e;
  target.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
  // A link that breaks over two lines has no middle of its own: take its first line.
  const r = target.getClientRects()[0] || target.getBoundingClientRect();
  const x = r.left + Math.min(r.width / 2, 200), y = r.top + r.height / 2;
  const top = document.elementFromPoint(x, y);
  const free = top && (target.contains(top) || top.contains(target) && top.tagName === 'LABEL' || e === top);
  const off = e.disabled || e.getAttribute('aria-disabled') === 'true';
  return {x, y, on: !!e.checked, value: e.value || '',
    why: off ? 'it is switched off' : free ? '' : 'something lies on it' + (top ? ': ' + top.outerHTML.slice(0, 120) : '')};
}

function select(label, within) {
  const {e} = one('field', label, within);
  if (!e) return false;
  e.focus();
  if (e.select) try { e.select(); } catch (_) { /* a number or date field has no selection */ }
  return document.activeElement === e && !e.readOnly && !e.disabled;
}

function pick(label, option, within) {
  const {e, why} = one('list', label, within);
  if (why) return why;
  const all = [...e.options].filter(o => tidy(o.textContent) === tidy(option) && !o.disabled);
  if (all.length !== 1) return 'its options are ' + [...e.options].map(o => tidy(o.textContent)).join(' | ');
  e.value = all[0].value;
  e.dispatchEvent(new Event('input', {bubbles: true}));
  e.dispatchEvent(new Event('change', {bubbles: true}));
  return '';
}

function seen(within) {
  const root = part(within);
  if (!root) return '';
  return tidy((root === document ? document.body : root).innerText);
}

function reads(text, within) { return seen(within).includes(tidy(text)); }

function headings() { return [...document.querySelectorAll('h1')].map(e => tidy(e.textContent)); }

// spoil empties the form with this address, or types one text into every box of it.
function spoil(action, text) {
  const form = [...document.forms].find(f => f.method === 'post' && new URL(f.action).pathname === action);
  if (!form) return false;
  const open = [...form.elements].filter(e => e.name && !['hidden', 'submit', 'button'].includes(e.type) && e.tagName !== 'FIELDSET');
  if (open.length === 0) return false;
  for (const e of open) {
    if (e.type === 'radio' || e.type === 'checkbox') e.checked = false;
    else if (e.tagName === 'SELECT') e.selectedIndex = [...e.options].findIndex(o => o.value === '');
    else e.value = text;
  }
  document.querySelectorAll('[data-spoilt]').forEach(e => e.removeAttribute('data-spoilt'));
  form.setAttribute('data-spoilt', '');
  return true;
}

function sendSpoilt() {
  const form = document.querySelector('[data-spoilt]');
  const button = [...form.elements].find(e => e.type === 'submit' && !(e.name || '').endsWith('-go'));
  if (button && button.name) {
    const kept = document.createElement('input');
    kept.type = 'hidden'; kept.name = button.name; kept.value = button.value;
    form.append(kept);
  }
  HTMLFormElement.prototype.submit.call(form);
  return true;
}
