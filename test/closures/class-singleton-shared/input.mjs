class Config {
  static #instance
  static get() {
    return (Config.#instance ??= new Config())
  }
  level = 1
}
Config.get().level = 5
export default () => [Config.get().level, Config.get() === Config.get()]
