var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var Service_1;
const calls = [];
const registry = new Map();
function logged(_target, key, slot) {
    const original = slot.value;
    slot.value = function (...args) {
        calls.push(key);
        return original.apply(this, args);
    };
}
function route(path) {
    return (target, key) => {
        ;
        target[key].path = path;
    };
}
function registered(target) {
    registry.set(target.name, target);
}
function sealed(target) {
    Object.seal(target.prototype);
}
class Base {
    name() {
        return 'base';
    }
}
let Service = class Service extends Base {
    static { Service_1 = this; }
    static made = 0;
    #n = 1;
    up(by) {
        Service_1.made++;
        return (this.#n += by);
    }
    name() {
        return `service of ${super.name()}`;
    }
};
__decorate([
    logged
], Service.prototype, "up", null);
__decorate([
    route('/name')
], Service.prototype, "name", null);
Service = Service_1 = __decorate([
    registered,
    sealed
], Service);
const { name } = Service.prototype;
export default () => {
    const service = new Service();
    return [
        service.up(2),
        service.up(1),
        calls,
        Service.made,
        service.name(),
        Service.prototype.name.path,
        registry.get('Service') === Service,
        name === Service.prototype.name,
        Object.isSealed(Service.prototype),
    ];
};
