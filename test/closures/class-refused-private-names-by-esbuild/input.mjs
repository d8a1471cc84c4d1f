var __typeError = (msg) => {
  throw TypeError(msg);
};
var __accessCheck = (obj, member, msg) => member.has(obj) || __typeError("Cannot " + msg);
var __privateGet = (obj, member, getter) => (__accessCheck(obj, member, "read from private field"), getter ? getter.call(obj) : member.get(obj));
var __privateAdd = (obj, member, value) => member.has(obj) ? __typeError("Cannot add the same private member more than once") : member instanceof WeakSet ? member.add(obj) : member.set(obj, value);
var __privateSet = (obj, member, value, setter) => (__accessCheck(obj, member, "write to private field"), setter ? setter.call(obj, value) : member.set(obj, value), value);
var _balance;
class Account {
  constructor() {
    __privateAdd(this, _balance, 1);
  }
  add(n) {
    return __privateSet(this, _balance, __privateGet(this, _balance) + n);
  }
}
_balance = new WeakMap();
const account = new Account();
var wb_in_default = () => account.add(1);
export {
  wb_in_default as default
};
