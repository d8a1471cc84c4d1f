class Temperature {
  static unit = 'C'
  static get label() {
    return `°${this.unit}`
  }
  static set label(to) {
    this.unit = to.slice(1)
  }
}
Temperature.label = '°F'
export default () => [Temperature.label, Temperature.unit]
