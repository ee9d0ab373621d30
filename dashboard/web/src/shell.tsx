/** Navigation, the state of the connection, and the page that the path names. */
import { ActionIcon, Button, Group, Kbd, Text, Tooltip } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import { spotlight } from "@mantine/spotlight"
import { IconDots, IconLogout, IconMoon, IconSearch, IconSun } from "@tabler/icons-react"
import { type MouseEvent, useEffect, useState } from "react"
import { AccountBanner } from "./account/account-banner.tsx"
import { LockButton } from "./account/lock-button.tsx"
import { get } from "./api.ts"
import type { Site } from "./app.tsx"
import { type KeyMap, useKeys } from "./keys.ts"
import { useLive } from "./live.ts"
import type { Demo } from "./pages/phone.tsx"
import { Palette } from "./palette.tsx"
import { ConnectionBanner } from "./parts/connection-banner.tsx"
import { type Place, placesFor } from "./places.tsx"
import { go, usePath } from "./router.ts"
import { chooseLanguage, say, useLanguage } from "./say.ts"
import type { Person } from "./session.ts"
import { useColours } from "./use-colours.ts"
import { inWords } from "./words.ts"

export interface ShellProps {
  readonly site: Site
  readonly person: Person
  readonly look: () => void
  readonly leave: () => void
}

/** As many as fit under a thumb; the others are behind "More". */
const TABS = 4
/** Where the day begins. */
const FIRST = "/queue"
const PALETTE_KEYS = "Ctrl K"

export function Shell({ site, person, look, leave }: ShellProps) {
  const [, place, id] = usePath().split("/")
  const demo = useDemo()
  const places = placesFor({ person, demo })
  const at = (path: string): Place | undefined => places.find((one) => one.path === path)
  const current = at(`/${place}`) ?? at(FIRST) ?? places[0]
  useKeys(keysOf(places))
  useEmergencies()
  useEffect(() => {
    document.title = current ? `${say(current.label)} · ${site.name}` : site.name
  }, [current, site])

  return (
    <div className="shell">
      <a className="skip" href="#page">
        {say("Skip to the page")}
      </a>
      <header className="top">
        <div className="brand">
          <img src="/icon.svg" alt="" width={26} height={26} />
          <span className="brand-name">{site.name}</span>
        </div>
        <Search />
        <LockButton locked={look} />
        <Account person={person} leave={leave} />
      </header>
      <ConnectionBanner />
      <AccountBanner person={person} look={look} />
      <div className="under-top">
        <nav className="places" aria-label={say("Pages")}>
          {places.map((one, index) => (
            <PlaceLink
              key={one.path}
              place={one}
              isCurrent={one === current}
              isTab={index < TABS}
            />
          ))}
          <button type="button" className="place place-more" onClick={spotlight.open}>
            <IconDots size={19} stroke={1.8} />
            <span>{say("More")}</span>
          </button>
        </nav>
        <main id="page" className="page" tabIndex={-1}>
          {current?.page({ person, id, demo, look })}
        </main>
      </div>
      <Palette places={places} leave={leave} />
    </div>
  )
}

function keysOf(places: readonly Place[]): KeyMap {
  const withKeys = places.flatMap(({ key, path }) => (key ? [[key, () => go(path)] as const] : []))
  return Object.fromEntries(withKeys)
}

interface PlaceLinkProps {
  readonly place: Place
  readonly isCurrent: boolean
  readonly isTab: boolean
}

function PlaceLink({ place: { path, label, icon: Icon }, isCurrent, isTab }: PlaceLinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey) return
    event.preventDefault()
    go(path)
  }
  return (
    <a
      href={path}
      onClick={follow}
      className={isTab ? "place" : "place place-behind"}
      {...(isCurrent ? { "aria-current": "page" } : {})}
    >
      <Icon size={19} stroke={1.8} />
      <span>{say(label)}</span>
    </a>
  )
}

function Search() {
  return (
    <button type="button" className="search" onClick={spotlight.open}>
      <IconSearch size={17} stroke={1.8} aria-hidden />
      <span className="search-words">{say("Go to a page or do something")}</span>
      <Kbd size="xs" className="key">
        {PALETTE_KEYS}
      </Kbd>
    </button>
  )
}

function Account({ person, leave }: { person: Person; leave: () => void }) {
  const { isDark, swap } = useColours()
  const language = useLanguage()
  const colours = isDark ? say("Use the light colours") : say("Use the dark colours")
  return (
    <Group gap={6} wrap="nowrap" className="account">
      <Text size="sm" className="who">
        {person.user}
        {person.user !== person.role && <span className="dim"> · {inWords(person.role)}</span>}
      </Text>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        fw={550}
        lang={language === "en" ? "es" : "en"}
        onClick={() => chooseLanguage(language === "en" ? "es" : "en")}
      >
        {language === "en" ? "Español" : "English"}
      </Button>
      <Tooltip label={colours}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={colours} onClick={swap}>
          {isDark ? <IconSun size={19} /> : <IconMoon size={19} />}
        </ActionIcon>
      </Tooltip>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        fw={550}
        aria-label={say("Sign out")}
        onClick={leave}
      >
        <IconLogout size={18} />
        <span className="leave-word">{say("Sign out")}</span>
      </Button>
    </Group>
  )
}

/** Danger is told wherever one is, and stays until it is put away. */
function useEmergencies(): void {
  const live = useLive()
  useEffect(
    () =>
      live.follow((change) => {
        if (change === "everything" || change.kind !== "emergency") return
        notifications.show({
          color: "red",
          title: say("Emergency in a call"),
          message: say("It is first in the queue. The caller was told whom to ring."),
          autoClose: false,
          role: "alert",
        })
      }),
    [live],
  )
}

function useDemo(): Demo | undefined {
  const [demo, setDemo] = useState<Demo>()
  useEffect(() => {
    void get("/demo").then(setDemo, () => undefined)
  }, [])
  return demo
}
