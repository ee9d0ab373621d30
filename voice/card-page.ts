/**
 * The page on which somebody photographs an insurance card, and what is sent from it. Whoever has
 * the link sees nothing about anybody. The photo is made small on the telephone itself.
 */
import { randomBytes } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Backstage } from "./backstage.ts"
import { bodyOf } from "./body.ts"

/** As large as a photo is once the page has made it small, and a little more. */
const PHOTO_BYTES_MAX = 1_100_000
const NONCE_BYTES = 16
const path = /^\/card\/([\w-]{16,64})$/

export function isCardPage(pathname: string): boolean {
  return path.test(pathname)
}

export async function answerCardPage(
  { takePhoto }: Pick<Backstage, "takePhoto">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = path.exec((request.url ?? "").split("?")[0] ?? "")?.[1] ?? ""
  if (request.method === "GET") {
    const isGood = (await takePhoto(token)) === "ready"
    return page(response, isGood ? 200 : 410, isGood ? form : over)
  }
  if (request.method !== "PUT") return finish(response, 405)
  const photo = await bodyOf(request, PHOTO_BYTES_MAX)
  if (photo === undefined) {
    response.setHeader("connection", "close")
    return finish(response, 413)
  }
  finish(response, statuses[await takePhoto(token, photo)])
}

const statuses = { ready: 409, taken: 204, over: 410, no_photo: 415, out: 503 } as const

function page(response: ServerResponse, status: number, body: (nonce: string) => string): void {
  const nonce = randomBytes(NONCE_BYTES).toString("base64url")
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport"
content="width=device-width,initial-scale=1"><title>Insurance card</title><style nonce="${nonce}">
body{font:1.2rem system-ui;max-width:28rem;margin:2rem auto;padding:0 1rem;line-height:1.5}
label{display:block;padding:1rem;border:2px solid;border-radius:.5rem;text-align:center}
:focus-within{outline:3px solid Highlight}</style>${body(nonce)}</html>`
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(html),
    "content-security-policy":
      `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; ` +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  })
  response.end(html)
}

const over = () => `<main><h1>This link is over.</h1><p>Please call the pharmacy for a new one.</p>
<h1 lang="es">Este enlace ya no sirve.</h1>
<p lang="es">Llame a la farmacia para recibir otro.</p></main>`

/** Wide enough to read the smallest print of a card. */
const form = (nonce: string) => `<main><h1>Photograph your insurance card</h1>
<p lang="es">Tome una foto de su tarjeta del seguro</p>
<label>Choose or take a photo · <span lang="es">Elija o tome una foto</span>
<input id="photo" type="file" accept="image/*" capture="environment"></label>
<p id="told" role="status"></p></main><script nonce="${nonce}">
const told = document.getElementById("told"), input = document.getElementById("photo")
input.addEventListener("change", async () => {
  told.textContent = "Sending… · Enviando…"
  try {
    const image = await createImageBitmap(input.files[0])
    const scale = Math.min(1, 1600 / Math.max(image.width, image.height))
    const canvas = document.createElement("canvas")
    canvas.width = image.width * scale
    canvas.height = image.height * scale
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
    const photo = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))
    const sent = await fetch(location.pathname, { method: "PUT", body: photo })
    if (!sent.ok) throw new Error()
    input.disabled = true
    told.textContent = "Thank you. We have it. · Gracias. Ya la tenemos."
  } catch {
    told.textContent = "That did not work. Please call us. · No se pudo. Llámenos, por favor."
  }
})</script>`

function finish(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": 0, "cache-control": "no-store" })
  response.end()
}
