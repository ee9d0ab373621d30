/** The demo's telephone: ring the pharmacy, speak or type, press keys, read along. */
import { Alert, Button, Select, TextInput, Title } from "@mantine/core"
import { IconMicrophone, IconMicrophoneOff, IconPhone, IconPhoneOff } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { EmptyState } from "../parts/states.tsx"
import { Tag, type Tone } from "../parts/tag.tsx"
import { Transcript } from "../parts/transcript.tsx"
import type { PhoneState } from "../phone/phone-line.ts"
import { type Phone, usePhone } from "../phone/use-phone.ts"
import { type English, say } from "../say.ts"
import { phoneText } from "../words.ts"

export interface Demo {
  readonly phoneUrl: string
  readonly dials: string
}

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const
const SAID_LENGTH_MAX = 500

const stateText: Readonly<Record<PhoneState, readonly [English, Tone]>> = {
  idle: ["Ready", "calm"],
  ringing: ["Ringing…", "soon"],
  inCall: ["In the call", "good"],
  ended: ["Call ended", "calm"],
}

const pharmacists: readonly { readonly value: string; readonly label: English }[] = [
  { value: "answers", label: "answers and presses 1" },
  { value: "busy", label: "is busy" },
  { value: "no_answer", label: "does not answer" },
  { value: "voicemail", label: "has voicemail" },
]

export function PhonePage({ demo }: { demo: Demo }) {
  const phone = usePhone(demo.phoneUrl)
  const [text, tone] = stateText[phone.state]
  return (
    <div className="split split-phone">
      <section className="split-list phone" aria-label={say("Telephone")}>
        <div className="list-head">
          <Title order={1} size="h3">
            {say("Phone")}
          </Title>
          <span role="status">
            <Tag tone={tone}>{say(text)}</Tag>
          </span>
        </div>
        <div className="phone-body">
          {phone.problem && (
            <Alert color="red" variant="outline" role="alert">
              {phone.problem}
            </Alert>
          )}
          {phone.state === "inCall" || phone.state === "ringing" ? (
            <InCall phone={phone} />
          ) : (
            <Dial phone={phone} dials={demo.dials} />
          )}
        </div>
      </section>
      <section className="split-main" aria-label={say("What is said")}>
        {phone.callSid ? (
          <div className="item">
            <div className="item-body">
              <Transcript conversation={phone.callSid} />
            </div>
          </div>
        ) : (
          <EmptyState title={say("The transcript appears here")}>
            {say("Ring the pharmacy and ask for a refill, the opening hours or the pharmacist.")}
          </EmptyState>
        )}
      </section>
    </div>
  )
}

function Dial({ phone, dials }: { phone: Phone; dials: string }) {
  const [from, setFrom] = useState("+15125550199")
  const [pharmacist, setPharmacist] = useState("answers")
  const isNumber = /^\+[1-9]\d{6,14}$/.test(from)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isNumber) phone.dial({ to: dials, from, pharmacist })
  }
  return (
    <form onSubmit={submit} className="stack">
      <p className="dim">
        {say("A caller's telephone, for trying things out. It rings nobody outside.")}
      </p>
      <TextInput
        label={say("Ring from")}
        value={from}
        inputMode="tel"
        error={isNumber ? undefined : say("Write it as +1 and ten digits.")}
        onChange={({ currentTarget }) => setFrom(currentTarget.value)}
      />
      <Select
        label={say("When passed on, the pharmacist")}
        data={pharmacists.map(({ value, label }) => ({ value, label: say(label) }))}
        value={pharmacist}
        allowDeselect={false}
        onChange={(value) => setPharmacist(value ?? "answers")}
      />
      <Button type="submit" size="md" leftSection={<IconPhone size={18} />}>
        {say("Ring {number}", { number: phoneText(dials) })}
      </Button>
    </form>
  )
}

function InCall({ phone }: { phone: Phone }) {
  const [text, setText] = useState("")
  const speak = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim()) phone.say(text.trim())
    setText("")
  }
  return (
    <div className="stack">
      <form onSubmit={speak} className="say">
        <TextInput
          label={say("Say")}
          placeholder={say("I need a refill")}
          maxLength={SAID_LENGTH_MAX}
          value={text}
          data-autofocus
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {say("Say it")}
        </Button>
      </form>
      <Button
        variant={phone.isListening ? "filled" : "default"}
        leftSection={
          phone.isListening ? <IconMicrophone size={18} /> : <IconMicrophoneOff size={18} />
        }
        aria-pressed={phone.isListening}
        onClick={() => void phone.toggleMicrophone()}
      >
        {phone.isListening ? say("Microphone is on") : say("Speak with the microphone")}
      </Button>
      <fieldset className="keypad">
        <legend className="dim small">{say("Keypad")}</legend>
        {keys.map((key) => (
          <Button key={key} variant="default" size="lg" onClick={() => phone.press(key)}>
            {key}
          </Button>
        ))}
      </fieldset>
      <Button color="red.9" leftSection={<IconPhoneOff size={18} />} onClick={() => phone.hangUp()}>
        {say("Hang up")}
      </Button>
    </div>
  )
}
