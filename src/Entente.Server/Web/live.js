// Betters pages that work without it: leads to errors, counts what is left to write, takes dropped files,
// and keeps an open dispute fresh without touching what is being typed.

document.querySelector('[data-focus]')?.focus();

for (const limit of document.querySelectorAll('[data-limit]')) {
  const field = document.getElementById(limit.dataset.for);
  const most = Number(limit.dataset.limit);
  const [left, over] = limit.dataset.left.split('|');
  const said = limit.textContent;
  const count = () => {
    const rest = most - [...field.value].length;
    limit.classList.toggle('limit-over', rest < 0);
    limit.textContent = rest > most / 4 ? said : (rest < 0 ? over : left).replace('%n', Math.abs(rest).toLocaleString(document.documentElement.lang));
  };
  field.addEventListener('input', count);
  count();
}

for (const zone of document.querySelectorAll('[data-files]')) {
  const input = zone.querySelector('input[type=file]');
  const mark = (on) => zone.classList.toggle('dropping', on);
  zone.addEventListener('dragover', (event) => { event.preventDefault(); mark(true); });
  zone.addEventListener('dragleave', () => mark(false));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

for (const hint of document.querySelectorAll('[data-script-only]')) hint.hidden = false;

// In a list of the desk j and k go from row to row and x ticks one: only while the focus is in the list, so that no
// key is taken from a reader's own tools.
for (const list of document.querySelectorAll('[data-rows]')) {
  list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...list.querySelectorAll('tbody tr')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const to = { j: Math.min(at + 1, rows.length - 1), k: Math.max(at - 1, 0) }[event.key];
    if (to !== undefined) rows[to].querySelector('a').focus();
    else if (event.key === 'x' && at >= 0) rows[at].querySelector('input[type=checkbox]')?.click();
    else return;
    event.preventDefault();
  });
}

// A form is sent once: a second press of an impatient finger does nothing until the page is shown again.
for (const form of document.querySelectorAll('form[method=post]')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    else if (hasFiles(form)) sendWithProgress(form, event);
    sent = true;
  });
  addEventListener('pageshow', () => { sent = false; });
}

function hasFiles(form) {
  return [...form.querySelectorAll('input[type=file]')].some((input) => input.files.length > 0);
}

// Shows how far the files are; what comes back is shown as if the browser had sent the form itself.
function sendWithProgress(form, event) {
  const bar = form.querySelector('progress');
  if (!bar) return;
  event.preventDefault();
  bar.hidden = false;
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.upload.addEventListener('progress', (at) => { if (at.lengthComputable) bar.value = at.loaded / at.total; });
  request.addEventListener('error', () => form.submit());
  request.addEventListener('load', () => {
    if (request.status < 400 && request.responseURL !== form.action) {
      location.assign(request.responseURL);
      return;
    }
    document.open();
    document.write(request.responseText);
    document.close();
  });
  request.send(new FormData(form, event.submitter));
}

const address = document.body.dataset.live;
if (address) keepFresh(address);

function keepFresh(address) {
  let source = null;
  let pause = 1000;
  const open = () => {
    if (source) return;
    source = new EventSource(address);
    source.addEventListener('changed', refresh);
    source.addEventListener('ready', () => { pause = 1000; });
    // A browser comes back by itself after a cut, but not after a balancer's word that nobody is there.
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      setTimeout(() => { if (!document.hidden) open(); }, pause);
      pause = Math.min(pause * 2, 60_000);
    });
  };
  const close = () => {
    source?.close();
    source = null;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('pagehide', close);
  addEventListener('pageshow', () => { if (!document.hidden) open(); });
  if (!document.hidden) open();
}

let running = null;
let again = false;

// One at a time; what changes meanwhile is fetched once more.
function refresh() {
  if (running) {
    again = true;
    return;
  }
  // Offline, or the centre says that it cannot at the moment: a little later it is asked again.
  running = fetchAndSwap().catch(() => setTimeout(() => { if (!document.hidden) refresh(); }, 3000)).finally(() => {
    running = null;
    if (again) {
      again = false;
      refresh();
    }
  });
}

async function fetchAndSwap() {
  const url = new URL(location.href);
  url.searchParams.delete('done');
  const answer = await fetch(url, { headers: { 'X-Requested-With': 'live' }, cache: 'no-store' });
  if (answer.status >= 500) throw new Error(answer.statusText);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const kept = [...document.querySelectorAll('[data-part]')].filter((part) => !swap(part, fresh.getElementById(part.id)));
  const bar = document.getElementById('live-bar');
  bar.hidden = kept.length === 0;
  if (kept.length === 0) takeVersions(fresh);
  bar.onclick = (event) => {
    event.preventDefault();
    for (const part of kept) carryOver(part, fresh.getElementById(part.id));
    takeVersions(fresh);
    bar.hidden = true;
  };
}

// Forms that stayed now act on what their reader has just been shown.
function takeVersions(fresh) {
  for (const input of document.querySelectorAll('form[id] input[name=version]')) {
    const twin = fresh.getElementById(input.form.id)?.elements.namedItem('version');
    if (twin) input.value = twin.value;
  }
}

// Shows the fresh part with what was typed into the old one.
function carryOver(part, fresh) {
  for (const old of [...part.querySelectorAll('input, textarea, select')].filter(isTouched)) {
    const twin = fresh.querySelector(`#${CSS.escape(old.id)}`);
    if (!twin) continue;
    if (old.type === 'file') twin.files = old.files;
    else if (old.type === 'checkbox' || old.type === 'radio') twin.checked = old.checked;
    else twin.value = old.value;
  }
  part.replaceWith(fresh);
}

// True unless the part holds something typed that would be lost.
function swap(part, fresh) {
  if (!fresh || unstamped(part) === unstamped(fresh)) return true;
  if ([...part.querySelectorAll('input, textarea, select')].some(isTouched)) return false;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : null;
  for (const details of part.querySelectorAll('details[id][open]')) fresh.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute('open', '');
  part.replaceWith(fresh);
  if (focused) document.getElementById(focused)?.focus();
  document.getElementById('live-status').textContent = document.getElementById('live-status').dataset.changed;
  return true;
}

// Tokens and command keys are new at every showing; they are no news.
function unstamped(part) {
  const copy = part.cloneNode(true);
  for (const input of copy.querySelectorAll('input[type=hidden]')) input.remove();
  return copy.textContent + [...copy.querySelectorAll('a, form')].map((node) => node.getAttribute('href') ?? node.action).join();
}

function isTouched(field) {
  if (field.type === 'hidden') return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.type === 'file') return field.files.length > 0;
  if (field.tagName === 'SELECT') return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}
