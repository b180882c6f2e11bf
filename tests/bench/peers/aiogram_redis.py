"""aiogram with RedisStorage, the way a bot team writes it: a state per question, its aiohttp webhook.

Kinder than the default: uvloop. Redis keeps an append-only file, fsynced every second.
"""

import asyncio
import json
import os

import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from redis.asyncio import Redis

router = Router()


class Booking(StatesGroup):
    vehicle = State()
    time = State()
    phone = State()
    confirm = State()


@router.message(Booking.vehicle, F.text)
async def take_vehicle(message: Message, state: FSMContext) -> None:
    await state.update_data(vehicle=message.text)
    await state.set_state(Booking.time)
    await message.answer("您想什么时候来？")


@router.message(Booking.time, F.text)
async def take_time(message: Message, state: FSMContext) -> None:
    await state.update_data(time=message.text)
    await state.set_state(Booking.phone)
    await message.answer("请留一个手机号，不方便可以跳过。")


@router.message(Booking.phone, F.text)
async def take_phone(message: Message, state: FSMContext) -> None:
    data = await state.update_data(phone=message.text)
    await state.set_state(Booking.confirm)
    await message.answer(f"{data['time']}，{data['vehicle']} 保养，深圳南山店，约 580 元。确认吗？")


@router.message(Booking.confirm, F.text == "确认")
async def book(message: Message, state: FSMContext, shop: Redis) -> None:
    data = await state.get_data()
    await shop.rpush("appointments", json.dumps(data, ensure_ascii=False))
    await state.clear()
    await message.answer(f"已为您预约：{data['time']}，{data['vehicle']} 保养，深圳南山店。")


@router.message(F.text.contains("保养"))
async def start(message: Message, state: FSMContext) -> None:
    await state.update_data(service="maintenance")
    await state.set_state(Booking.vehicle)
    await message.answer("好的，请问车牌号是多少？")


async def wait_for(redis: Redis) -> None:
    for _ in range(200):
        try:
            await redis.ping()
        except ConnectionError:
            await asyncio.sleep(0.05)
        else:
            return


async def application() -> web.Application:
    storage = RedisStorage.from_url(os.environ["BENCH_REDIS"])
    server = TelegramAPIServer.from_base(os.environ["BENCH_SINK"])
    bot = Bot(os.environ["BENCH_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher(storage=storage, shop=storage.redis)
    dispatcher.include_router(router)
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, secret_token=os.environ["BENCH_SECRET"])
    handler.register(app, path="/telegram/webhook")
    setup_application(app, dispatcher, bot=bot)
    await wait_for(storage.redis)
    return app


if __name__ == "__main__":
    web.run_app(
        application(),
        host="127.0.0.1",
        port=int(os.environ["BENCH_PORT"]),
        loop=uvloop.new_event_loop(),
        access_log=None,
        print=None,
    )
