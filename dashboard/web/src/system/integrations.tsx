/** What the house leans on outside: the pharmacy system, Twilio, and models in the cloud. */
import { command } from "../api.ts"
import { Card } from "../parts/card.tsx"
import { Fact } from "../parts/fact.tsx"
import { Tag, type Tone } from "../parts/tag.tsx"
import { type English, say, told } from "../say.ts"
import { inWords, whenText } from "../words.ts"

export const loadVoice = () => command("voice", "health", {})
export const loadIntent = () => command("intent", "health", {})
export const loadPms = () => command("dashboard", "pharmacySystem", {})
export type Voice = Awaited<ReturnType<typeof loadVoice>>
export type Intent = Awaited<ReturnType<typeof loadIntent>>
type Pms = Awaited<ReturnType<typeof loadPms>>

const MICRO_DOLLARS_A_CENT = 10_000
const CENTS_A_DOLLAR = 100

const answering: Readonly<Record<Pms["state"], Tone>> = {
  answers: "good",
  silent: "late",
  unknown: "calm",
}

export function PharmacySystem({ pms }: { pms: Pms }) {
  const { state, sinceMs, answeredAtMs, system, hint } = pms
  return (
    <Card title={say("The pharmacy system")} className="card-wide">
      <p>
        <Tag tone={answering[state]}>{inWords(state)}</Tag>{" "}
        {sinceMs > 0 && (
          <span className="dim small">{say("since {time}", { time: whenText(sinceMs) })}</span>
        )}
      </p>
      <dl className="facts">
        {system !== undefined && <Fact name={say("It calls itself")}>{system}</Fact>}
        <Fact name={say("Last answer")}>
          {answeredAtMs === undefined ? say("none since the start") : whenText(answeredAtMs)}
        </Fact>
      </dl>
      {hint !== undefined && <p role="alert">{told(hint)}</p>}
      {state === "silent" && (
        <p>{say("Callers are told that it cannot be looked up just now; requests go to staff.")}</p>
      )}
    </Card>
  )
}

export function Twilio({ voice: { account, publicUrl, webhooks, callsMax } }: { voice: Voice }) {
  const { signedAtMs, refused, refusedAtMs } = webhooks
  return (
    <Card title={say("Twilio")} className="card-wide">
      <dl className="facts">
        <Fact name={say("Account")}>
          <Tag tone={account.isConfigured ? (account.isElsewhere ? "soon" : "good") : "late"}>
            {accountText(account)}
          </Tag>
        </Fact>
        <Fact name={say("Address it calls")}>
          <code>{publicUrl}</code>
        </Fact>
        <Fact name={say("Last call or text with a right signature")}>
          {signedAtMs === undefined ? say("none since the start") : whenText(signedAtMs)}
        </Fact>
        <Fact name={say("Refused for a wrong signature")}>
          {refused}
          {refusedAtMs !== undefined && (
            <span className="dim small">{say("last {time}", { time: whenText(refusedAtMs) })}</span>
          )}
        </Fact>
        <Fact name={say("Calls at one time, at most")}>{callsMax}</Fact>
      </dl>
      {!account.isConfigured && (
        <p>
          {say(
            "No token can be read, so every call is refused. Look at telephony in the site file.",
          )}
        </p>
      )}
      {refused > 0 && signedAtMs === undefined && (
        <p>{say("Only wrong signatures came: the address above or the token is not Twilio's.")}</p>
      )}
    </Card>
  )
}

function accountText({ isConfigured, isElsewhere }: Voice["account"]): string {
  if (!isConfigured) return say("none")
  return isElsewhere ? say("a simulated one, for the demo") : say("configured")
}

const circuits: Readonly<Record<string, readonly [Tone, English]>> = {
  closed: ["good", "asked when needed"],
  half_open: ["soon", "tried once after failures"],
  open: ["late", "left alone after failures"],
}

export function CloudModels({ cloud }: { cloud: Intent["cloud"] }) {
  const { isOn, isWanted = false, today, dailyAsksMax = 0, dailyCostMaxCents = 0 } = cloud
  return (
    <Card title={say("Models in the cloud")} className="card-wide">
      <p>
        <Tag tone={isOn ? "good" : isWanted ? "late" : "calm"}>
          {isOn ? say("switched on") : say("switched off")}
        </Tag>
      </p>
      {!isOn && isWanted && (
        <p role="alert">{say("The site file switches it on, but a key could not be read.")}</p>
      )}
      {!isOn && !isWanted && (
        <p>{say("No word of a caller leaves this house for a model elsewhere.")}</p>
      )}
      {today && (
        <dl className="facts">
          <Fact name={say("Questions today")}>
            {say("{n} of {all}", { n: today.asks, all: dailyAsksMax })}
          </Fact>
          <Fact name={say("Spent today")}>
            {say("{n} of {all} dollars", {
              n: dollars(today.costMicroDollars / MICRO_DOLLARS_A_CENT),
              all: dollars(dailyCostMaxCents),
            })}
          </Fact>
        </dl>
      )}
      {cloud.providers.length > 0 && (
        <ul className="plain-list">
          {cloud.providers.map(({ name, model, baa, circuit }) => (
            <li key={name}>
              <strong>{name}</strong> · {model}{" "}
              <Tag tone={circuits[circuit]?.[0] ?? "calm"}>
                {say(circuits[circuit]?.[1] ?? "asked when needed")}
              </Tag>
              <div className="dim">
                {say("Agreement (BAA) confirmed by {who} on {day}", {
                  who: baa.confirmedBy,
                  day: baa.confirmedOn,
                })}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function dollars(cents: number): string {
  return (cents / CENTS_A_DOLLAR).toFixed(2)
}
