/** How a call begins: the name as it is said, words of one's own, and what is always said after. */
import { Button, Group, Textarea, TextInput } from "@mantine/core"
import { IconPlayerPlay } from "@tabler/icons-react"
import { useState } from "react"
import type { Input } from "../../../../core/contract.ts"
import type { voice } from "../../../../voice/contract.ts"
import { useAct } from "../account/use-act.ts"
import { command } from "../api.ts"
import { decodeBase64 } from "../phone/mulaw.ts"
import { Sound } from "../phone/sound.ts"
import { type Language, say } from "../say.ts"
import { useLoaded } from "../use-loaded.ts"
import { loadSiteWords, review, troubleText } from "./own-words.ts"
import { PartForm, type PartProps } from "./part-form.tsx"

const NAME_LENGTH_MAX = 120
const GREETING_LENGTH_MAX = 200
const languages = ["en", "es"] as const
const never = (): boolean => false

type InBoth = Readonly<Record<Language, string>>
type Troubles = Readonly<Partial<Record<Language, string>>>

export function GreetingStep(part: PartProps) {
  const { pharmacy, greeting } = part.shown.setUp
  const [spokenName, setSpokenName] = useState(pharmacy.spokenName)
  const [own, setOwn] = useState<InBoth>({ en: greeting.en ?? "", es: greeting.es ?? "" })
  const [wrong, setWrong] = useState<Troubles>({})
  const [says, setSays] = useState("")
  const { act, isBusy } = useAct()
  const write = (language: Language, words: string): void => {
    setOwn({ ...own, [language]: words })
    setWrong({})
  }
  const hear = (language: Language): Promise<boolean> =>
    act(() => playGreeting({ spokenName, language, ...wordsIn(own, language) }, setSays))
  const parts = async () => {
    const found = await troublesOf(own)
    setWrong(found)
    if (Object.keys(found).length > 0) return undefined
    return { pharmacy: { ...pharmacy, spokenName }, greeting: writtenOf(own) }
  }
  const point = (code: string): boolean => {
    if (code !== "greeting_nameless") return false
    const text = say("A greeting has to say the name of the pharmacy as the voice says it.")
    setWrong(Object.fromEntries(languages.filter((one) => own[one]).map((one) => [one, text])))
    return true
  }
  return (
    <PartForm
      {...part}
      title={say("The greeting")}
      intro={say("It begins every call. A new greeting is said from the next call on.")}
      parts={parts}
      point={point}
    >
      <TextInput
        className="field"
        label={say("The name as the voice should say it")}
        required
        withAsterisk={false}
        maxLength={NAME_LENGTH_MAX}
        autoComplete="off"
        value={spokenName}
        onChange={({ currentTarget }) => setSpokenName(currentTarget.value)}
      />
      {languages.map((language) => (
        <OwnGreeting
          key={language}
          language={language}
          error={wrong[language]}
          value={own[language]}
          write={(words) => write(language, words)}
        />
      ))}
      <Always />
      <Group>
        <Hear label={say("Hear it in English")} isBusy={isBusy} hear={() => void hear("en")} />
        <Hear label={say("Hear it in Spanish")} isBusy={isBusy} hear={() => void hear("es")} />
      </Group>
      <p aria-live="polite">{says}</p>
    </PartForm>
  )
}

interface OwnGreetingProps {
  readonly language: Language
  readonly error: string | undefined
  readonly value: string
  readonly write: (words: string) => void
}

function OwnGreeting({ language, error, value, write }: OwnGreetingProps) {
  return (
    <Textarea
      className="field-wide"
      lang={language}
      label={
        language === "en"
          ? say("A greeting of your own in English")
          : say("A greeting of your own in Spanish")
      }
      description={say("Left empty, callers are thanked for calling, by the name above.")}
      autosize
      maxLength={GREETING_LENGTH_MAX}
      autoComplete="off"
      error={error}
      value={value}
      onChange={({ currentTarget }) => write(currentTarget.value)}
    />
  )
}

async function playGreeting(
  greeting: Input<typeof voice, "preview">,
  setSays: (says: string) => void,
): Promise<void> {
  // Opened under the finger that pressed: a browser lets no page speak unasked.
  const sound = new Sound()
  try {
    const heard = await command("voice", "preview", greeting)
    setSays(heard.says)
    await sound.playWhole(decodeBase64(heard.audio))
  } finally {
    await sound.close()
  }
}

/** What the law and honesty want said; nobody can edit it. */
function Always() {
  const { value } = useLoaded(loadSiteWords, never)
  if (!value) return null
  return (
    <div className="fixed-words">
      <p className="dim small">{say("Always said after it; nobody can change this:")}</p>
      {languages.map((language) => (
        <blockquote key={language} lang={language}>
          {value.always[language].join(" ")}
        </blockquote>
      ))}
    </div>
  )
}

function wordsIn(own: InBoth, language: Language): { readonly greeting?: string } {
  const words = own[language].trim()
  return words === "" ? {} : { greeting: words }
}

function writtenOf(own: InBoth) {
  const [en, es] = [own.en.trim(), own.es.trim()]
  return { ...(en === "" ? {} : { en }), ...(es === "" ? {} : { es }) }
}

async function troublesOf(own: InBoth): Promise<Troubles> {
  const found = await Promise.all(
    languages.map(async (language) => {
      const { greeting: words } = wordsIn(own, language)
      if (words === undefined) return []
      const trouble = troubleText(await review({ kind: "greeting", language, words }))
      return trouble === undefined ? [] : [[language, trouble] as const]
    }),
  )
  return Object.fromEntries(found.flat())
}

interface HearProps {
  readonly label: string
  readonly isBusy: boolean
  readonly hear: () => void
}

function Hear({ label, isBusy, hear }: HearProps) {
  return (
    <Button
      variant="default"
      disabled={isBusy}
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      onClick={hear}
    >
      {label}
    </Button>
  )
}
