// The most used emoji shortcodes, as Slack names them. A name that isn't here stays readable as :name:.

const TABLE = `
smile 😄 smiley 😃 grinning 😀 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 joy 😂 rofl 🤣 rolling_on_the_floor_laughing 🤣 relaxed ☺️ blush 😊 innocent 😇
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 relieved 😌 heart_eyes 😍 smiling_face_with_3_hearts 🥰 kissing_heart 😘 yum 😋 stuck_out_tongue 😛
stuck_out_tongue_winking_eye 😜 nerd_face 🤓 sunglasses 😎 star-struck 🤩 partying_face 🥳 smirk 😏 unamused 😒 disappointed 😞 pensive 😔 worried 😟 confused 😕
slightly_frowning_face 🙁 white_frowning_face ☹️ persevere 😣 confounded 😖 tired_face 😫 weary 😩 pleading_face 🥺 cry 😢 sob 😭 triumph 😤 angry 😠 rage 😡
exploding_head 🤯 flushed 😳 hot_face 🥵 cold_face 🥶 scream 😱 fearful 😨 cold_sweat 😰 hugging_face 🤗 hugs 🤗 thinking_face 🤔 thinking 🤔
face_with_hand_over_mouth 🤭 shushing_face 🤫 zipper_mouth_face 🤐 neutral_face 😐 expressionless 😑 no_mouth 😶 grimacing 😬 face_with_rolling_eyes 🙄 hushed 😯 open_mouth 😮
astonished 😲 yawning_face 🥱 sleeping 😴 sleepy 😪 dizzy_face 😵 face_with_thermometer 🤒 mask 😷 cowboy_hat_face 🤠 saluting_face 🫡 melting_face 🫠 robot_face 🤖 ghost 👻 alien 👽
skull 💀 poop 💩 smiley_cat 😺 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊
wave 👋 raised_hand ✋ hand ✋ raised_back_of_hand 🤚 vulcan_salute 🖖 ok_hand 👌 pinching_hand 🤏 v ✌️ crossed_fingers 🤞 hand_with_index_and_middle_fingers_crossed 🤞 call_me_hand 🤙
point_left 👈 point_right 👉 point_up ☝️ point_up_2 👆 point_down 👇 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ facepunch 👊 punch 👊 clap 👏 raised_hands 🙌 open_hands 👐 palms_up_together 🤲
handshake 🤝 pray 🙏 writing_hand ✍️ muscle 💪 ear 👂 eyes 👀 eye 👁️ brain 🧠 baby 👶 bust_in_silhouette 👤 busts_in_silhouette 👥 speaking_head_in_silhouette 🗣️ people_hugging 🫂
student 🧑‍🎓 teacher 🧑‍🏫 technologist 🧑‍💻 superhero 🦸 mage 🧙 shrug 🤷 facepalm 🤦 woman-shrugging 🤷‍♀️ man-shrugging 🤷‍♂️ raising_hand 🙋 bow 🙇 walking 🚶 runner 🏃 running 🏃 dancer 💃 dancers 👯
two_women_holding_hands 👭 family 👪
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 white_heart 🤍 broken_heart 💔 heartbeat 💓 heartpulse 💗 sparkling_heart 💖 two_hearts 💕
100 💯 anger 💢 boom 💥 collision 💥 dizzy 💫 sweat_drops 💦 dash 💨 zzz 💤 speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️
dog 🐶 cat 🐱 mouse 🐭 fox_face 🦊 bear 🐻 panda_face 🐼 tiger 🐯 lion_face 🦁 frog 🐸 monkey 🐒 chicken 🐔 penguin 🐧 bird 🐦 hatching_chick 🐣 owl 🦉 unicorn_face 🦄 bee 🐝 honeybee 🐝 bug 🐛 butterfly 🦋 snail 🐌
turtle 🐢 octopus 🐙 fish 🐟 dolphin 🐬 whale 🐳 elephant 🐘 sloth 🦥 beaver 🦫
bouquet 💐 cherry_blossom 🌸 rose 🌹 sunflower 🌻 tulip 🌷 seedling 🌱 evergreen_tree 🌲 deciduous_tree 🌳 palm_tree 🌴 cactus 🌵 herb 🌿 four_leaf_clover 🍀 maple_leaf 🍁 fallen_leaf 🍂 leaves 🍃 mushroom 🍄 potted_plant 🪴
earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 globe_with_meridians 🌐 new_moon 🌑 full_moon 🌕 crescent_moon 🌙 sunny ☀️ sun_with_face 🌞 star ⭐ star2 🌟 stars 🌠 sparkles ✨ zap ⚡ fire 🔥 rainbow 🌈 cloud ☁️
partly_sunny ⛅ rain_cloud 🌧️ snowflake ❄️ snowman ⛄ umbrella ☔ ocean 🌊 droplet 💧 comet ☄️
apple 🍎 green_apple 🍏 banana 🍌 watermelon 🍉 grapes 🍇 strawberry 🍓 cherries 🍒 peach 🍑 pineapple 🍍 avocado 🥑 lemon 🍋 bread 🍞 croissant 🥐 cheese_wedge 🧀 pizza 🍕 hamburger 🍔 taco 🌮 sushi 🍣 cookie 🍪
doughnut 🍩 cake 🍰 birthday 🎂 chocolate_bar 🍫 candy 🍬 popcorn 🍿 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 champagne 🍾 clinking_glasses 🥂 tropical_drink 🍹 knife_fork_plate 🍽️
soccer ⚽ basketball 🏀 tennis 🎾 8ball 🎱 trophy 🏆 sports_medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 dart 🎯 game_die 🎲 jigsaw 🧩 video_game 🎮 art 🎨 performing_arts 🎭 microphone 🎤
headphones 🎧 musical_note 🎵 notes 🎶 guitar 🎸 drum_with_drumsticks 🥁 clapper 🎬 tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 ribbon 🎀 jack_o_lantern 🎃 christmas_tree 🎄 medal 🎖️ bowling 🎳 juggling 🤹
car 🚗 taxi 🚕 bus 🚌 train 🚆 bike 🚲 airplane ✈️ rocket 🚀 ship 🚢 sailboat ⛵ anchor ⚓ construction 🚧 vertical_traffic_light 🚦 house 🏠 house_with_garden 🏡 office 🏢 school 🏫 tent ⛺ camping 🏕️ mountain ⛰️ world_map 🗺️ compass 🧭
circus_tent 🎪 ferris_wheel 🎡 luggage 🧳
watch ⌚ phone ☎️ telephone_receiver 📞 iphone 📱 computer 💻 desktop_computer 🖥️ keyboard ⌨️ battery 🔋 electric_plug 🔌 bulb 💡 flashlight 🔦 candle 🕯️ wastebasket 🗑️ moneybag 💰 credit_card 💳 gem 💎 wrench 🔧 hammer 🔨
hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩 magnet 🧲 toolbox 🧰 test_tube 🧪 microscope 🔬 telescope 🔭 satellite_antenna 📡 pill 💊 door 🚪 chair 🪑 bed 🛏️ key 🔑 lock 🔒 unlock 🔓 bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ mantelpiece_clock 🕰️ clock1 🕐 clock3 🕒 clock9 🕘 clock12 🕛
envelope ✉️ email 📧 incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫 memo 📝 pencil 📝 pencil2 ✏️ black_nib ✒️ page_facing_up 📄 page_with_curl 📃 clipboard 📋 spiral_note_pad 🗒️ spiral_notepad 🗒️ date 📅 calendar 📆 spiral_calendar_pad 🗓️ spiral_calendar 🗓️ card_index 📇 file_folder 📁 open_file_folder 📂
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 pushpin 📌 round_pushpin 📍 paperclip 📎 straight_ruler 📏 scissors ✂️ link 🔗 books 📚 book 📖 open_book 📖 notebook 📓 ledger 📒 bookmark 🔖 label 🏷️ newspaper 📰 scroll 📜 mag 🔍 mag_right 🔎 camera 📷
movie_camera 🎥 tv 📺 radio 📻 ticket 🎫 crystal_ball 🔮 shield 🛡️ crown 👑 mortar_board 🎓 eyeglasses 👓 necktie 👔 shirt 👕 athletic_shoe 👟 school_satchel 🎒 handbag 👜 ring 💍 teddy_bear 🧸 mirror 🪞 ladder 🪜 broom 🧹
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_multiplication_x ✖️ heavy_plus_sign ➕ heavy_minus_sign ➖ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 exclamation ❗ heavy_exclamation_mark ❗ question ❓ grey_question ❔ grey_exclamation ❕ bangbang ‼️ interrobang ⁉️
information_source ℹ️ recycle ♻️ arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ arrows_counterclockwise 🔄 arrows_clockwise 🔃 twisted_rightwards_arrows 🔀 repeat 🔁 back 🔙 soon 🔜 top 🔝 new 🆕 ok 🆗 free 🆓 up 🆙 cool 🆒 sos 🆘
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_red_square 🟥 large_green_square 🟩 large_yellow_square 🟨 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹 large_blue_diamond 🔷 small_orange_diamond 🔸 radio_button 🔘
zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 hash #️⃣ asterisk *️⃣ double_vertical_bar ⏸️ black_right_pointing_triangle_with_double_vertical_bar ⏯️ arrow_forward ▶️ black_square_for_stop ⏹️ fast_forward ⏩ rewind ⏪
checkered_flag 🏁 triangular_flag_on_post 🚩 crossed_flags 🎌 waving_white_flag 🏳️ rainbow-flag 🏳️‍🌈 flag-de 🇩🇪 de 🇩🇪 flag-us 🇺🇸 us 🇺🇸 flag-gb 🇬🇧 gb 🇬🇧 flag-fr 🇫🇷 fr 🇫🇷 flag-es 🇪🇸 es 🇪🇸 flag-it 🇮🇹 it 🇮🇹 flag-in 🇮🇳 flag-br 🇧🇷 flag-jp 🇯🇵 jp 🇯🇵 flag-eu 🇪🇺
infinity ♾️ yin_yang ☯️ peace_symbol ☮️ atom_symbol ⚛️ dove_of_peace 🕊️ thread 🧵 yarn 🧶 knot 🪢 seat 💺 couch_and_lamp 🛋️ busstop 🚏 footprints 👣 feet 🐾 hatched_chick 🐥 nazar_amulet 🧿 placard 🪧
`;

export const EMOJI = new Map();
const names = TABLE.trim().split(/\s+/);
for (let at = 0; at + 1 < names.length; at += 2) EMOJI.set(names[at], names[at + 1]);

const TONES = {
  "skin-tone-2": "🏻",
  "skin-tone-3": "🏼",
  "skin-tone-4": "🏽",
  "skin-tone-5": "🏾",
  "skin-tone-6": "🏿",
};

/** The picture of ":name:" or ":name::skin-tone-3:", or null when the name is unknown. */
export function emojiOf(name) {
  const [base, tone] = name.split("::");
  const found = EMOJI.get(base);
  if (!found) return null;
  return tone && TONES[tone] ? found.replace(/\uFE0F/g, "") + TONES[tone] : found;
}

export const SHORTCODE = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;

/** Text with the known shortcodes as pictures. */
export function emojified(text) {
  return text.replace(new RegExp(SHORTCODE, "g"), (whole, name) => emojiOf(name) ?? whole);
}

/** Names that begin so, then names that hold it, for completion. */
export function emojiLike(typed, most = 8) {
  const all = [...EMOJI.keys()];
  const first = all.filter((name) => name.startsWith(typed));
  const later = all.filter((name) => !name.startsWith(typed) && name.includes(typed));
  return [...first, ...later].slice(0, most);
}
