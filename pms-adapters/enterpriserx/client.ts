/** Transport to EnterpriseRx: credentials, letterheads, pace. No word of ours is decided here. */
import { Outage } from "#core/fault.ts"
import { newId } from "#core/id.ts"
import type { AdapterHost } from "../define.ts"
import { type Exchanged, type Http, openHttp, read, unreadable } from "../http.ts"
import type { Verdict } from "../noted.ts"
import { paced } from "../pace.ts"
import { isUnderWay, verdictOf } from "./map.ts"
import { type Letterhead, questionOf, soap } from "./soap.ts"
import { Answer, type RxInfoFound } from "./wire.ts"

export interface Account {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly requestsPerMinuteMax: number
  readonly storeNumber: string
  readonly source: string
  readonly destination: string
  /** `user:password`, where the site has them. */
  readonly credentials?: string
}

/** What one look at a prescription tells of a refill. */
export interface Look {
  readonly isOnFile: boolean
  readonly isUnderWay: boolean
}

export class EnterpriseRxClient {
  readonly #http: Http
  readonly #account: Account
  readonly #nowMs: () => number

  constructor(account: Account, { fetch, clock }: AdapterHost) {
    const { baseUrl, timeoutMs, credentials, requestsPerMinuteMax } = account
    const pair = credentials && Buffer.from(credentials).toString("base64")
    const headers = pair ? { authorization: `Basic ${pair}` } : {}
    const http = openHttp({ fetch, clock, baseUrl, headers, timeoutMs, wire: soap })
    this.#http = paced(http, clock, requestsPerMinuteMax)
    this.#account = account
    this.#nowMs = () => clock.nowMs()
  }

  /** Undefined when there is no such prescription. */
  async info(number: string, signal: AbortSignal): Promise<RxInfoFound | undefined> {
    const answer = await read(this.#http, this.#asking(number, signal))
    if (answer.Body.Fault) throw outageOf(answer.Body.Fault)
    return this.#found(answer, number)
  }

  /** Looks once: who asks knows that the answer may be lost. */
  async look(number: string, signal: AbortSignal): Promise<Exchanged<Look>> {
    const looked = await this.#http(this.#asking(number, signal))
    if (!looked.ok) return looked
    try {
      const found = this.#found(looked.value, number)
      const value = { isOnFile: found !== undefined, isUnderWay: isUnderWay(found?.FillInfo) }
      return { ok: true, value }
    } catch (trouble) {
      if (!(trouble instanceof Outage)) throw trouble
      return { ok: false, outage: trouble, mayBeDone: true }
    }
  }

  /** `key` numbers the message, for the vendor's own logs; it is not known to decide anything. */
  async submit(
    number: string,
    key: string,
    signal: AbortSignal,
  ): Promise<Exchanged<Verdict | undefined>> {
    const body = {
      StoreNum: this.#account.storeNumber,
      "t1:RxOrder": { RxNum: number, OrderSource: "IVR" },
    }
    const sent = await this.#http(this.#exchange({ name: "SubmitIVROrder", id: key }, body, signal))
    return sent.ok ? { ok: true, value: verdictOf(sent.value) } : sent
  }

  /** An answer about another prescription, or another store's, is none. */
  #found({ Body: { RxInfoRsp: told } }: Answer, number: string): RxInfoFound | undefined {
    const { RxInfoFound: found, RxInfoNotFound: missing } = told ?? {}
    if (!found) {
      if (missing && isSame(missing.RxNum, number)) return undefined
      throw unreadable()
    }
    const isMeant = isSame(found.RxNum, number) && isSame(found.StoreNum, this.#account.storeNumber)
    if (!isMeant || missing) throw unreadable()
    return found
  }

  #asking(number: string, signal: AbortSignal) {
    const query = { StoreNum: this.#account.storeNumber, RxNum: number }
    const id = newId(this.#nowMs())
    return this.#exchange({ name: "RxInfoReq", id }, { "t1:RxInfoQuery": query }, signal)
  }

  #exchange({ name, id }: Pick<Letterhead, "name" | "id">, body: object, signal: AbortSignal) {
    const { source, destination } = this.#account
    const letterhead = { name, id, source, destination, nowMs: this.#nowMs() }
    return {
      method: "POST",
      path: "",
      headers: { soapaction: `"${name}"` },
      body: questionOf(letterhead, body),
      answer: Answer,
      signal,
    } as const
  }
}

/** A fault that blames what was sent would come again: another store's number, say. */
function outageOf({ faultcode = "" }: NonNullable<Answer["Body"]["Fault"]>): Outage {
  const isOurs = faultcode.trim().endsWith("Client")
  return isOurs ? new Outage("pms_refused", { retryable: false }) : new Outage("pms_down")
}

/** Numbers may have lost, or won, zeros in front. */
function isSame(one: string, other: string): boolean {
  const bare = (text: string) => text.trim().replace(/^0+(?=.)/, "")
  return bare(one) === bare(other)
}
