/** Navigation, the state of the connection, and the page that the path names. */
import { ActionIcon, Button, Group, Text, Tooltip, useMantineColorScheme } from "@mantine/core"
import { notifications } from "@mantine/notifications"
import {
  IconCloudUp,
  IconKeyboard,
  IconListCheck,
  IconLogout,
  IconMoon,
  IconPhone,
  IconPhoneCall,
  IconSun,
} from "@tabler/icons-react"
import { type ComponentType, type MouseEvent, type ReactNode, useEffect, useState } from "react"
import { get } from "./api.ts"
import type { Site } from "./app.tsx"
import { useKeys } from "./keys.ts"
import { useLive } from "./live.ts"
import { CallsPage } from "./pages/calls.tsx"
import { LeftPage } from "./pages/left.tsx"
import { type Demo, PhonePage } from "./pages/phone.tsx"
import { QueuePage } from "./pages/queue.tsx"
import { ShortcutsPage } from "./pages/shortcuts.tsx"
import { ConnectionBanner } from "./parts/connection-banner.tsx"
import { EmptyState } from "./parts/states.tsx"
import { go, usePath } from "./router.ts"
import type { Person } from "./session.ts"
import { inWords } from "./words.ts"

interface Place {
  readonly path: string
  readonly label: string
  readonly icon: ComponentType<{ size?: number; stroke?: number }>
}

const places: readonly Place[] = [
  { path: "/queue", label: "Queue", icon: IconListCheck },
  { path: "/calls", label: "Calls", icon: IconPhoneCall },
]
const phone: Place = { path: "/phone", label: "Phone", icon: IconPhone }
const left: Place = { path: "/left", label: "What left", icon: IconCloudUp }
const shortcuts: Place = { path: "/shortcuts", label: "Shortcuts", icon: IconKeyboard }

export interface ShellProps {
  readonly site: Site
  readonly person: Person
  readonly leave: () => void
}

export function Shell({ site, person, leave }: ShellProps) {
  const path = usePath()
  const demo = useDemo()
  const isManager = person.role === "manager"
  const shown = [...places, ...(demo ? [phone] : []), ...(isManager ? [left] : []), shortcuts]
  const current = shown.find((place) => path.startsWith(place.path)) ?? shown[0]
  useKeys({
    "?": () => go("/shortcuts"),
    "1": () => go("/queue"),
    "2": () => go("/calls"),
    "3": () => demo && go("/phone"),
  })
  useEmergencies()
  useEffect(() => {
    document.title = `${current?.label ?? "Queue"} · ${site.name}`
  }, [current, site])

  return (
    <div className="shell">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <header className="top">
        <div className="brand">
          <img src="/icon.svg" alt="" width={26} height={26} />
          <span className="brand-name">{site.name}</span>
        </div>
        <nav className="places" aria-label="Pages">
          {shown.map((place) => (
            <PlaceLink key={place.path} place={place} isCurrent={place === current} />
          ))}
        </nav>
        <Account person={person} leave={leave} />
      </header>
      <ConnectionBanner />
      <main id="page" className="page" tabIndex={-1}>
        {pageAt(path, person, demo)}
      </main>
    </div>
  )
}

function pageAt(path: string, person: Person, demo: Demo | undefined): ReactNode {
  const [, place, id] = path.split("/")
  if (place === "calls") return <CallsPage call={id} />
  if (place === "phone" && demo) return <PhonePage demo={demo} />
  if (place === "left" && person.role === "manager") return <LeftPage />
  if (place === "shortcuts") return <ShortcutsPage />
  if (person.role === "operator")
    return (
      <EmptyState title="Nothing here for operators">
        Work items and calls are about patients. Operators run the machines: see Health and Metrics.
      </EmptyState>
    )
  return <QueuePage item={id} person={person} />
}

function PlaceLink({ place, isCurrent }: { place: Place; isCurrent: boolean }) {
  const { path, label, icon: Icon } = place
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey) return
    event.preventDefault()
    go(path)
  }
  return (
    <a
      href={path}
      onClick={follow}
      className={path === shortcuts.path ? "place place-keys" : "place"}
      {...(isCurrent ? { "aria-current": "page" } : {})}
    >
      <Icon size={19} stroke={1.8} />
      <span>{label}</span>
    </a>
  )
}

function Account({ person, leave }: { person: Person; leave: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isDark =
    colorScheme === "dark" ||
    (colorScheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches)
  const other = isDark ? "light" : "dark"
  return (
    <Group gap={6} wrap="nowrap" className="account">
      <Text size="sm" className="who">
        {person.user}
        {person.user !== person.role && <span className="dim"> · {inWords(person.role)}</span>}
      </Text>
      <Tooltip label={`Use the ${other} colours`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`Use the ${other} colours`}
          onClick={() => setColorScheme(other)}
        >
          {isDark ? <IconSun size={19} /> : <IconMoon size={19} />}
        </ActionIcon>
      </Tooltip>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        fw={550}
        aria-label="Sign out"
        onClick={leave}
      >
        <IconLogout size={18} />
        <span className="leave-word">&nbsp;Sign out</span>
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
          title: "Emergency in a call",
          message: "It is first in the queue. The caller was told whom to ring.",
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
