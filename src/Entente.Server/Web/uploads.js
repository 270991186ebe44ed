// Sends files in pieces (tus 1.0), several at once and each with a bar of its own. A broken connection goes on where it
// stopped, also after the page was closed; the form then names what was sent instead of carrying it.

const PIECE_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 3;
const PAUSE_MOST = 30_000;

class Refused extends Error {}

for (const zone of document.querySelectorAll('[data-uploads]')) {
  const input = zone.querySelector('input[type=file]');
  let sending = false;
  input.form.addEventListener('submit', async (event) => {
    if (input.files.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (sending) return;
    sending = true;
    const sent = await sendAll(zone, input);
    sending = false;
    if (sent.includes(null)) return;
    for (const id of sent) zone.before(Object.assign(document.createElement('input'), { type: 'hidden', name: 'upload', value: id }));
    input.disabled = true;
    input.form.submit();
  }, { capture: true });
}

// The name of each upload in the order of the files; null for one that was refused.
async function sendAll(zone, input) {
  zone.querySelector('.uploads')?.remove();
  const list = Object.assign(document.createElement('ul'), { className: 'uploads' });
  zone.append(list);
  const files = [...input.files].map((file) => ({ file, row: rowOf(list, file) }));
  const sent = files.map(() => null);
  let next = 0;
  const sendSome = async () => {
    while (next < files.length) {
      const no = next++;
      const { file, row } = files[no];
      try {
        sent[no] = (await send(zone.dataset, input.form, file, row)).split('/').pop();
        row.say(zone.dataset.sent);
      } catch (refusal) {
        if (!(refusal instanceof Refused)) throw refusal;
        row.refuse(refusal.message || zone.dataset.refused);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
  return sent;
}

function rowOf(list, file) {
  const [row, name, bar, state] = ['li', 'bdi', 'progress', 'span'].map((tag) => document.createElement(tag));
  name.textContent = file.name;
  bar.max = Math.max(1, file.size);
  bar.value = 0;
  bar.setAttribute('aria-label', file.name);
  state.setAttribute('role', 'status');
  row.append(name, bar, state);
  list.append(row);
  return {
    move: (at) => { bar.value = at; },
    say: (words) => { if (state.textContent !== words) state.textContent = words; },
    refuse: (words) => { bar.remove(); state.className = 'error'; state.textContent = words; },
  };
}

async function send(words, form, file, row) {
  const token = form.elements.namedItem('form_token').value;
  const known = `upload ${words.uploads} ${file.name} ${file.size} ${file.lastModified}`;
  let [address, at] = [localStorage.getItem(known), null];
  for (let failures = 0; at !== file.size;) {
    try {
      if (at === null && address) at = await offsetOf(address);
      if (at === null) {
        address = await begin(words.uploads, token, file);
        localStorage.setItem(known, address);
        at = 0;
      }
      if (at < file.size) at = await sendPiece(address, token, file, at, row);
      row.move(at);
      row.say('');
      failures = 0;
    } catch (failure) {
      if (failure instanceof Refused) throw failure;
      row.say(words.lost);
      await pause(failures++);
      at = null;
    }
  }
  return address;
}

async function begin(uploads, token, file) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const answer = await fetch(uploads, { method: 'POST', headers: {
    'RequestVerificationToken': token, 'Tus-Resumable': '1.0.0', 'Upload-Length': file.size, 'Upload-Metadata': `filename ${name}`,
  } });
  if (answer.status !== 201) throw refusal(answer.status, await answer.text());
  return answer.headers.get('Location');
}

// How much has come; null where the upload is gone.
async function offsetOf(address) {
  const answer = await fetch(address, { method: 'HEAD', cache: 'no-store' });
  if (answer.status === 404) return null;
  if (!answer.ok || !answer.headers.has('Upload-Offset')) throw new Error('Not now.');
  return Number(answer.headers.get('Upload-Offset'));
}

function sendPiece(address, token, file, at, row) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('PATCH', address);
    const headers = {
      'RequestVerificationToken': token, 'Tus-Resumable': '1.0.0', 'Upload-Offset': at, 'Content-Type': 'application/offset+octet-stream',
    };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => row.move(at + event.loaded));
    request.addEventListener('error', () => fail(new Error('The connection broke.')));
    request.addEventListener('load', () => {
      const now = request.getResponseHeader('Upload-Offset');
      if (request.status === 204 && now !== null) done(Number(now));
      else fail(refusal(request.status, request.responseText));
    });
    request.send(file.slice(at, at + PIECE_BYTES));
  });
}

// What asking again will not change is said; everything else is tried again.
function refusal(status, text) {
  if (status >= 500 || status === 404 || status === 429 || text.includes('upload_offset_differs')) return new Error(text);
  try {
    return new Refused(JSON.parse(text).detail);
  } catch {
    return new Refused('');
  }
}

function pause(failures) {
  return new Promise((over) => {
    setTimeout(over, Math.min(PAUSE_MOST, 500 * 2 ** failures));
    addEventListener('online', over, { once: true });
  });
}
