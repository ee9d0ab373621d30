/** How the modules fare, in the text that Prometheus reads. Names of ours and numbers only. */
import type { ModuleHealth } from "#core/ports.ts"

type Labels = Readonly<Record<string, string>>
type Sample = readonly [labels: Labels, value: number]

interface Metric {
  readonly name: string
  readonly type: "gauge" | "counter"
  readonly help: string
  readonly samples: readonly Sample[]
}

const MIB_BYTES = 2 ** 20

export function prometheusText(modules: readonly ModuleHealth[], pages: number): string {
  return `${metricsOf(modules, pages).map(textOf).join("\n")}\n`
}

function metricsOf(modules: readonly ModuleHealth[], pages: number): readonly Metric[] {
  const each = (value: (one: ModuleHealth) => number): readonly Sample[] =>
    modules.map((one) => [{ module: one.module }, value(one)])
  const timings = modules.flatMap(({ module, commands }) =>
    Object.entries(commands).map(([command, timing]) => ({ module, command, ...timing })),
  )
  return [
    {
      name: "mortar_module_up",
      type: "gauge",
      help: "1 when the module is running.",
      samples: each(({ state }) => (state === "running" ? 1 : 0)),
    },
    {
      name: "mortar_module_restarts_total",
      type: "counter",
      help: "How often the module's process was started again.",
      samples: each(({ restarts }) => restarts),
    },
    {
      name: "mortar_module_resident_bytes",
      type: "gauge",
      help: "Memory of the module's process.",
      samples: each(({ residentMiB }) => residentMiB * MIB_BYTES),
    },
    {
      name: "mortar_commands_total",
      type: "counter",
      help: "Requests answered.",
      samples: timings.map(({ module, command, count }) => [{ module, command }, count]),
    },
    {
      name: "mortar_command_seconds",
      type: "gauge",
      help: "Times of the last 1,024 requests.",
      samples: timings.flatMap(({ module, command, p50Ms, p95Ms }): readonly Sample[] => [
        [{ module, command, quantile: "0.5" }, p50Ms / 1_000],
        [{ module, command, quantile: "0.95" }, p95Ms / 1_000],
      ]),
    },
    {
      name: "mortar_live_pages",
      type: "gauge",
      help: "Pages that follow the live feed.",
      samples: [[{}, pages]],
    },
  ]
}

function textOf({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => `${name}${labelsOf(labels)} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n")
}

function labelsOf(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return pairs.length > 0 ? `{${pairs.join()}}` : ""
}
