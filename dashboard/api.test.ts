/** The interface made from contracts, over real HTTP, in the real house. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Role } from "#core/actor.ts"
import { demoPassword, sharedDoor } from "./fixtures/door.ts"

const door = sharedDoor()

/** Grace Kim's oxycodone, from the cast of the demo pharmacy system. */
const controlled = { rxNumber: "7001242" }
/** James Carter's lisinopril. */
const plain = { rxNumber: "7001235" }
const roles: readonly Role[] = ["technician", "pharmacist", "manager", "operator"]

/** Command and input, and what each role gets for it. Nobody: what one without a login gets. */
const table: readonly {
  readonly path: string
  readonly input: object
  readonly statuses: Readonly<Record<Role | "nobody", number>>
}[] = [
  {
    path: "/v1/work-queue/list",
    input: {},
    statuses: { nobody: 401, technician: 200, pharmacist: 200, manager: 200, operator: 403 },
  },
  {
    path: "/v1/work-queue/get",
    input: { item: "nothing" },
    statuses: { nobody: 401, technician: 404, pharmacist: 404, manager: 404, operator: 403 },
  },
  {
    path: "/v1/calls/list",
    input: {},
    statuses: { nobody: 401, technician: 200, pharmacist: 200, manager: 200, operator: 403 },
  },
  {
    path: "/v1/staff-accounts/list",
    input: {},
    statuses: { nobody: 401, technician: 403, pharmacist: 403, manager: 200, operator: 403 },
  },
  {
    path: "/v1/dashboard/modules",
    input: {},
    statuses: { nobody: 401, technician: 403, pharmacist: 403, manager: 200, operator: 200 },
  },
  {
    path: "/v1/dashboard/releaseModule",
    input: { module: "nothing" },
    statuses: { nobody: 401, technician: 403, pharmacist: 403, manager: 404, operator: 404 },
  },
  {
    path: "/v1/dashboard/auditLog",
    input: { person: "the-technician" },
    statuses: { nobody: 401, technician: 403, pharmacist: 403, manager: 200, operator: 403 },
  },
  {
    path: "/v1/refills/request",
    input: controlled,
    statuses: { nobody: 401, technician: 202, pharmacist: 200, manager: 202, operator: 403 },
  },
  {
    path: "/v1/work-queue/submit",
    input: {},
    statuses: { nobody: 401, technician: 404, pharmacist: 404, manager: 404, operator: 404 },
  },
]

test("each role gets from each command what the matrix says, and nobody gets anything", async () => {
  const { post, signIn } = await door()
  for (const { path, input, statuses } of table) {
    assert.equal((await post(path, input)).status, statuses.nobody, `nobody ${path}`)
    for (const role of roles) {
      const { status } = await post(path, input, { token: await signIn(role) })
      assert.equal(status, statuses[role], `${role} ${path}`)
    }
  }
})

test("what a person must decide is answered with the item that waits and why", async () => {
  const { post, signIn } = await door()
  const token = await signIn("technician")
  const asked = await post("/v1/refills/request", controlled, { token })
  assert.equal(asked.status, 202)
  assert.equal(asked.body.tier, 2)
  assert.ok((asked.body.rules as string[]).includes("controlled_substance"))
  const shown = await post("/v1/work-queue/get", { item: asked.body.item }, { token })
  assert.equal((shown.body.value as { state: string }).state, "open")
})

test("a fault is told by its code and its sentence", async () => {
  const { post, signIn } = await door()
  const token = await signIn("pharmacist")
  const { status, body } = await post("/v1/refills/request", { rxNumber: "9999999" }, { token })
  assert.equal(status, 404)
  assert.deepEqual(body, { code: "unknown_rx", says: "No prescription has that number." })
})

test("the world's failure is told with a hint and when to try again", async () => {
  const { house, post, signIn } = await door()
  await house.pmsFault({ mode: "down" })
  const token = await signIn("pharmacist")
  const { status, body, headers } = await post("/v1/refills/request", controlled, { token })
  await house.pmsFault({ mode: "ok" })
  assert.equal(status, 503)
  assert.equal(body.retryable, true)
  assert.ok(headers.get("retry-after"))
})

test("input that does not fit is answered with places in the schema and none of its values", async () => {
  const { post, signIn } = await door()
  const token = await signIn("pharmacist")
  const secret = "Ada Quillfeather"
  for (const input of [{ rxNumber: secret }, { [secret]: 1 }, [secret], `"${secret}"`]) {
    const { status, body } = await post("/v1/refills/request", input, { token })
    assert.equal(status, 400)
    assert.ok(!JSON.stringify(body).includes(secret))
  }
})

test("junk, oversized bodies and other types are refused without a word of them", async () => {
  const { house, post, signIn } = await door()
  const token = await signIn("pharmacist")
  const secret = "Ada Quillfeather"
  const path = "/v1/refills/request"
  const junk = await post(path, `{"${secret}`, { token })
  const large = await post(path, { rxNumber: secret.repeat(40_000) }, { token })
  const other = await post(path, secret, { token, headers: { "content-type": "text/plain" } })
  assert.deepEqual([junk.status, large.status, other.status], [400, 413, 415])
  assert.ok(![junk, large, other].some(({ body }) => JSON.stringify(body).includes(secret)))
  assert.ok(!house.logged.join("").includes(secret))
})

test("the same idempotency key acts once", async () => {
  const { house, post, signIn } = await door()
  const token = await signIn("pharmacist")
  const sent = { token, headers: { "idempotency-key": "press-of-a-button-1" } }
  const [first, second] = await Promise.all([
    post("/v1/refills/request", plain, sent),
    post("/v1/refills/request", plain, sent),
  ])
  assert.deepEqual([first.status, second.status], [200, 200])
  assert.deepEqual(first.body, second.body)
  const submitted = await house.submissions()
  assert.equal(submitted.filter(({ rx }) => rx === plain.rxNumber).length, 1)
})

test("a login gives a token and a cookie, and signing out ends both", async () => {
  const { get, post } = await door()
  const login = await post("/v1/sessions/login", { user: "pharmacist", password: demoPassword })
  assert.equal(login.status, 200)
  const { token, role } = login.body
  assert.equal(role, "pharmacist")
  const cookie = login.headers.get("set-cookie") ?? ""
  assert.match(cookie, /HttpOnly; SameSite=Strict/)
  const [pair = ""] = cookie.split(";")
  assert.equal((await get("/session", { cookie: pair })).status, 200)
  const forged = await post("/v1/work-queue/list", {}, { headers: { cookie: pair } })
  assert.equal(forged.status, 403)
  const page = { cookie: pair, "x-mortar-page": "1" }
  assert.equal((await post("/v1/work-queue/list", {}, { headers: page })).status, 200)
  assert.equal((await post("/v1/sessions/logout", {}, { headers: page })).status, 200)
  assert.equal((await get("/session", { cookie: pair })).status, 401)
  assert.equal((await post("/v1/work-queue/list", {}, { token: String(token) })).status, 401)
})

test("what another site made the browser send is turned away, at the door itself too", async () => {
  const { post, signIn } = await door()
  const credentials = { user: "pharmacist", password: demoPassword }
  const token = await signIn("pharmacist")
  for (const site of ["cross-site", "same-site"]) {
    const headers = { "sec-fetch-site": site, "x-mortar-page": "1" }
    assert.equal((await post("/v1/sessions/login", credentials, { headers })).status, 403)
    assert.equal((await post("/v1/work-queue/list", {}, { token, headers })).status, 403)
  }
  const headers = { "sec-fetch-site": "same-origin" }
  assert.equal((await post("/v1/sessions/login", credentials, { headers })).status, 200)
})

test("a locked session is told apart from one that is over, and unlocked with the same token", async () => {
  const { get, post } = await door()
  const credentials = { user: "operator", password: demoPassword }
  const token = String((await post("/v1/sessions/login", credentials)).body.token)
  const session = async () =>
    JSON.parse((await get("/session", { authorization: `Bearer ${token}` })).text)
  assert.deepEqual((await session()).isLocked, false)
  assert.equal((await post("/v1/sessions/lock", {}, { token })).status, 200)
  assert.equal((await post("/v1/dashboard/modules", {}, { token })).status, 423)
  assert.equal((await session()).isLocked, true)
  const wrong = { factor: { password: "not the password" } }
  assert.equal((await post("/v1/sessions/unlock", wrong, { token })).status, 423)
  const right = { factor: { password: demoPassword } }
  assert.equal((await post("/v1/sessions/unlock", right, { token })).status, 200)
  assert.equal((await post("/v1/dashboard/modules", {}, { token })).status, 200)
})

test("what is under way when the screen is locked opens it for nobody", async () => {
  const { get, post } = await door()
  const credentials = { user: "operator", password: demoPassword }
  const token = String((await post("/v1/sessions/login", credentials)).body.token)
  for (let round = 0; round < 8; round++) {
    const underWay = Array.from({ length: 6 }, () =>
      get("/session", { authorization: `Bearer ${token}` }),
    )
    assert.equal((await post("/v1/sessions/lock", {}, { token })).status, 200)
    const seen = [await post("/v1/dashboard/modules", {}, { token })]
    await Promise.all(underWay)
    seen.push(await post("/v1/dashboard/modules", {}, { token }))
    assert.deepEqual(
      seen.map(({ status }) => status),
      [423, 423],
    )
    const right = { factor: { password: demoPassword } }
    assert.equal((await post("/v1/sessions/unlock", right, { token })).status, 200)
  }
})

test("ten wrong passwords from one address, and it has to wait", async () => {
  const { post } = await door()
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) {
    const body = { user: `nobody${n}`, password: "not the password" }
    statuses.push((await post("/v1/sessions/login", body)).status)
  }
  assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429])
})

test("a manager reads who looked at a patient's record, and the look itself is logged", async () => {
  const { house, post, signIn } = await door()
  const [technician, manager] = [await signIn("technician"), await signIn("manager")]
  await post("/v1/patients/get", { patient: "1006" }, { token: technician })
  const answer = await post("/v1/dashboard/auditLog", { patient: "1006" }, { token: manager })
  const { value } = answer.body as { value: { entries: readonly { what: string }[] } }
  assert.deepEqual(
    value.entries.map(({ what }) => what),
    ["patients.get", "patients.get"],
  )
  const looks = house.audit.query({ person: "the-manager" })
  assert.ok(looks.some(({ what }) => what === "dashboard.auditLog"))
  const verdict = await post("/v1/dashboard/auditVerdict", {}, { token: manager })
  assert.equal((verdict.body as { value: { ok: boolean } }).value.ok, true)
})
