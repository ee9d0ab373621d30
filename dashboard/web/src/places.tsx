/** Every page: where it is, what it is called, who may see it and which key leads there. */
import {
  IconActivity,
  IconAdjustments,
  IconArrowsExchange,
  IconBuildingStore,
  IconCertificate,
  IconChartBar,
  IconCloudUp,
  IconEarOff,
  IconFileSearch,
  IconKeyboard,
  IconListCheck,
  IconMessages,
  IconPackage,
  IconPhone,
  IconPhoneCall,
  IconRobot,
  IconServer,
  IconShieldLock,
  IconSpy,
  IconUserCircle,
  IconUserCog,
  IconUsers,
} from "@tabler/icons-react"
import { type ComponentType, lazy, type ReactNode, Suspense } from "react"
import { AccountPage } from "./pages/account.tsx"
import { AutomationsPage } from "./pages/automations.tsx"
import { CallsPage } from "./pages/calls.tsx"
import { LeftPage } from "./pages/left.tsx"
import { NowPage } from "./pages/now.tsx"
import { PatientsPage } from "./pages/patients.tsx"
import { PharmacySetUpPage } from "./pages/pharmacy-set-up.tsx"
import { type Demo, PhonePage } from "./pages/phone.tsx"
import { PriorAuthPage } from "./pages/prior-auth.tsx"
import { PrivacyPage } from "./pages/privacy.tsx"
import { QueuePage } from "./pages/queue.tsx"
import { ReportsPage } from "./pages/reports.tsx"
import { RightsPage } from "./pages/rights.tsx"
import { RulesPage } from "./pages/rules.tsx"
import { ShortcutsPage } from "./pages/shortcuts.tsx"
import { StaffPage } from "./pages/staff.tsx"
import { StockPage } from "./pages/stock.tsx"
import { SystemPage } from "./pages/system.tsx"
import { TextsPage } from "./pages/texts.tsx"
import { TransfersPage } from "./pages/transfers.tsx"
import { UnderstandingPage } from "./pages/understanding.tsx"
import { LoadingState } from "./parts/states.tsx"
import type { English } from "./say.ts"
import type { Person, Role } from "./session.ts"

export interface Visit {
  readonly person: Person
  /** What stands behind the page's path: `/queue/abc` visits the queue with `abc`. */
  readonly id: string | undefined
  readonly demo: Demo | undefined
  /** Asks the server anew what the person may do. */
  readonly look: () => void
}

export interface Place {
  readonly path: string
  readonly label: English
  readonly icon: ComponentType<{ size?: number; stroke?: number }>
  /** One key from anywhere. */
  readonly key?: string
  readonly roles: readonly Role[]
  /** Shown only where the demo's telephone is. */
  readonly isDemo?: boolean
  readonly page: (visit: Visit) => ReactNode
}

/** Plots are heavy: who does not look at them does not load them. */
const AnalyticsPage = lazy(async () => ({
  default: (await import("./pages/analytics.tsx")).AnalyticsPage,
}))

const atTheCounter: readonly Role[] = ["technician", "pharmacist", "manager"]
const everybody: readonly Role[] = [...atTheCounter, "operator"]

const places: readonly Place[] = [
  {
    path: "/now",
    label: "Now",
    icon: IconActivity,
    key: "1",
    roles: atTheCounter,
    page: ({ person }) => <NowPage person={person} />,
  },
  {
    path: "/queue",
    label: "Queue",
    icon: IconListCheck,
    key: "2",
    roles: atTheCounter,
    page: ({ id, person }) => <QueuePage item={id} person={person} />,
  },
  {
    path: "/calls",
    label: "Calls",
    icon: IconPhoneCall,
    key: "3",
    roles: atTheCounter,
    page: ({ id }) => <CallsPage call={id} />,
  },
  {
    path: "/analytics",
    label: "Analytics",
    icon: IconChartBar,
    key: "7",
    roles: atTheCounter,
    page: () => (
      <Suspense fallback={<LoadingState />}>
        <AnalyticsPage />
      </Suspense>
    ),
  },
  {
    path: "/texts",
    label: "Texts",
    icon: IconMessages,
    key: "4",
    roles: atTheCounter,
    page: () => <TextsPage />,
  },
  {
    path: "/patients",
    label: "Patients",
    icon: IconUsers,
    key: "5",
    roles: atTheCounter,
    page: ({ person }) => <PatientsPage person={person} />,
  },
  {
    path: "/prior-auth",
    label: "Prior authorisations",
    icon: IconCertificate,
    key: "6",
    roles: atTheCounter,
    page: ({ id }) => <PriorAuthPage id={id} />,
  },
  {
    path: "/transfers",
    label: "Transfers",
    icon: IconArrowsExchange,
    key: "8",
    roles: atTheCounter,
    page: ({ id, person }) => <TransfersPage id={id} person={person} />,
  },
  {
    path: "/stock",
    label: "Stock",
    icon: IconPackage,
    key: "0",
    roles: atTheCounter,
    page: ({ id, person }) => <StockPage ndc={id} person={person} />,
  },
  {
    path: "/phone",
    label: "Phone",
    icon: IconPhone,
    key: "9",
    roles: everybody,
    isDemo: true,
    page: ({ demo }) => demo && <PhonePage demo={demo} />,
  },
  {
    path: "/reports",
    label: "Reports",
    icon: IconFileSearch,
    roles: ["manager"],
    page: () => <ReportsPage />,
  },
  {
    path: "/left",
    label: "What left",
    icon: IconCloudUp,
    roles: ["manager"],
    page: () => <LeftPage />,
  },
  {
    path: "/rights",
    label: "Emergency rights",
    icon: IconShieldLock,
    roles: ["manager"],
    page: () => <RightsPage />,
  },
  {
    path: "/staff",
    label: "Staff accounts",
    icon: IconUserCog,
    roles: ["manager"],
    page: ({ person }) => <StaffPage person={person} />,
  },
  {
    path: "/set-up",
    label: "Set-up",
    icon: IconBuildingStore,
    roles: ["manager", "operator"],
    page: ({ id, person }) => <PharmacySetUpPage step={id} person={person} />,
  },
  {
    path: "/rules",
    label: "Tier rules",
    icon: IconAdjustments,
    roles: ["manager"],
    page: () => <RulesPage />,
  },
  {
    path: "/automations",
    label: "Automations",
    icon: IconRobot,
    roles: ["manager"],
    page: ({ id }) => <AutomationsPage id={id} />,
  },
  {
    path: "/understanding",
    label: "Not understood",
    icon: IconEarOff,
    roles: atTheCounter,
    page: () => <UnderstandingPage />,
  },
  {
    path: "/privacy",
    label: "Privacy",
    icon: IconSpy,
    roles: ["manager"],
    page: () => <PrivacyPage />,
  },
  {
    path: "/system",
    label: "System",
    icon: IconServer,
    roles: ["manager", "operator"],
    page: ({ person }) => <SystemPage person={person} />,
  },
  {
    path: "/account",
    label: "Your account",
    icon: IconUserCircle,
    roles: everybody,
    page: ({ person, look }) => <AccountPage person={person} look={look} />,
  },
  {
    path: "/shortcuts",
    label: "Shortcuts",
    icon: IconKeyboard,
    key: "?",
    roles: everybody,
    page: (visit) => <ShortcutsPage places={placesFor(visit)} />,
  },
]

/** The pages that a person may open here; the server decides again. */
export function placesFor({ person, demo }: Pick<Visit, "person" | "demo">): readonly Place[] {
  return places.filter(({ roles, isDemo }) => roles.includes(person.role) && (!isDemo || demo))
}
